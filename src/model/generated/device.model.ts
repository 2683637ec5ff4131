import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_, ManyToOne as ManyToOne_, Index as Index_, IntColumn as IntColumn_, BooleanColumn as BooleanColumn_, DateTimeColumn as DateTimeColumn_, OneToMany as OneToMany_} from "@subsquid/typeorm-store"
import {DeviceModel} from "./deviceModel.model"
import {Owner} from "./owner.model"
import {UnitDisposition} from "./_unitDisposition"
import {CustodyPeriod} from "./custodyPeriod.model"
import {DeviceEvent} from "./deviceEvent.model"
import {RecallUnit} from "./recallUnit.model"
import {Anomaly} from "./anomaly.model"

/**
 * A unit of an approved model and its token: the digital twin. Containers and luxury goods are devices too.
 */
@Entity_()
export class Device {
    constructor(props?: Partial<Device>) {
        Object.assign(this, props)
    }

    /**
     * `{contract}-{tokenId}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Configured name of the contract.
     */
    @StringColumn_({nullable: false})
    contract!: string

    /**
     * ERC-721 token id, 0 to 2^256-1.
     */
    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    /**
     * Absent when no identity was ever stated for the token.
     */
    @Index_()
    @ManyToOne_(() => DeviceModel, {nullable: true})
    model!: DeviceModel | undefined | null

    /**
     * Who minted it. Absent with the identity.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    manufacturer!: Owner | undefined | null

    /**
     * Production serial number as minted, GS1 AI (21).
     */
    @StringColumn_({nullable: true})
    serial!: string | undefined | null

    /**
     * Lot or batch as minted, GS1 AI (10).
     */
    @StringColumn_({nullable: true})
    lot!: string | undefined | null

    /**
     * Date of manufacture, YYYY-MM-DD, a calendar date without time zone, GS1 AI (11).
     */
    @StringColumn_({nullable: true})
    manufacturedOn!: string | undefined | null

    /**
     * Expiry date, YYYY-MM-DD, a calendar date without time zone, GS1 AI (17).
     */
    @StringColumn_({nullable: true})
    expiresOn!: string | undefined | null

    /**
     * `{UDI-DI}|{serial}`, both normalised: GTIN padded to 14 digits, text upper-cased. What a label is looked up by.
     */
    @StringColumn_({nullable: true})
    identityKey!: string | undefined | null

    /**
     * The serial, normalised for comparison.
     */
    @StringColumn_({nullable: true})
    serialKey!: string | undefined | null

    /**
     * The lot, normalised for comparison.
     */
    @StringColumn_({nullable: true})
    lotKey!: string | undefined | null

    /**
     * Block of the event that stated the identity.
     */
    @IntColumn_({nullable: true})
    identityBlock!: number | undefined | null

    /**
     * Log of the event that stated the identity.
     */
    @IntColumn_({nullable: true})
    identityLogIndex!: number | undefined | null

    /**
     * Latest metadata URI; also when it resolves to nothing.
     */
    @StringColumn_({nullable: true})
    metadataUri!: string | undefined | null

    /**
     * keccak256 of the metadata document, 0x-prefixed.
     */
    @StringColumn_({nullable: true})
    metadataHash!: string | undefined | null

    /**
     * Present holder. Absent when decommissioned, or when the token was never seen to move.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    owner!: Owner | undefined | null

    /**
     * Periods of custody so far; the next one has this number.
     */
    @IntColumn_({nullable: false})
    periodCount!: number

    /**
     * Locked against transfer, ERC-5192.
     */
    @BooleanColumn_({nullable: false})
    locked!: boolean

    /**
     * Receiver of an open hand-off.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    inTransitTo!: Owner | undefined | null

    /**
     * Price in wei at which it is listed for sale.
     */
    @BigIntColumn_({nullable: true})
    salePrice!: bigint | undefined | null

    /**
     * Derived by the database from owner, manufacturer, hand-off and periods.
     */
    @Column_("varchar", {length: 17, nullable: false})
    disposition!: UnitDisposition

    /**
     * Block in which the token was first seen.
     */
    @IntColumn_({nullable: false})
    blockHeight!: number

    /**
     * Log in which the token was first seen, counted within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * When the token was first seen: block time.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * Who held it, in order.
     */
    @OneToMany_(() => CustodyPeriod, e => e.device)
    custody!: CustodyPeriod[]

    /**
     * What happened to it beside custody.
     */
    @OneToMany_(() => DeviceEvent, e => e.device)
    events!: DeviceEvent[]

    /**
     * Recalls that it belongs to.
     */
    @OneToMany_(() => RecallUnit, e => e.device)
    recalls!: RecallUnit[]

    /**
     * What does not fit.
     */
    @OneToMany_(() => Anomaly, e => e.device)
    anomalies!: Anomaly[]
}
