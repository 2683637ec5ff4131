import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_, ManyToOne as ManyToOne_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, OneToMany as OneToMany_} from "@subsquid/typeorm-store"
import {Owner} from "./owner.model"
import {ModelStatus} from "./_modelStatus"
import {Device} from "./device.model"

/**
 * A type of device, container or product that a regulator approves: the UDI-DI level.
 */
@Entity_()
export class DeviceModel {
    constructor(props?: Partial<DeviceModel>) {
        Object.assign(this, props)
    }

    /**
     * `{contract}-model-{modelNo}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Configured name of the contract.
     */
    @StringColumn_({nullable: false})
    contract!: string

    /**
     * Number of the model within its contract.
     */
    @BigIntColumn_({nullable: false})
    modelNo!: bigint

    /**
     * UDI-DI as submitted. Absent when the model was never submitted.
     */
    @StringColumn_({nullable: true})
    udiDi!: string | undefined | null

    /**
     * UDI-DI normalised: a GTIN of any length padded to 14 digits, other text upper-cased.
     */
    @StringColumn_({nullable: true})
    udiDiKey!: string | undefined | null

    /**
     * Name as submitted. Absent when the model was never submitted.
     */
    @StringColumn_({nullable: true})
    name!: string | undefined | null

    /**
     * Who submitted it, and alone may mint units of it.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    manufacturer!: Owner | undefined | null

    /**
     * Latest judgement of a regulator.
     */
    @Column_("varchar", {length: 9, nullable: false})
    status!: ModelStatus

    /**
     * Metadata URI as submitted.
     */
    @StringColumn_({nullable: true})
    metadataUri!: string | undefined | null

    /**
     * keccak256 of the metadata document, 0x-prefixed.
     */
    @StringColumn_({nullable: true})
    metadataHash!: string | undefined | null

    /**
     * Units minted so far, decommissioned ones included.
     */
    @IntColumn_({nullable: false})
    devicesMinted!: number

    /**
     * Block in which the model was first seen.
     */
    @IntColumn_({nullable: false})
    blockHeight!: number

    /**
     * Log in which the model was first seen, counted within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * When the model was first seen: block time.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * Its units.
     */
    @OneToMany_(() => Device, e => e.model)
    devices!: Device[]
}
