import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, ManyToOne as ManyToOne_, Index as Index_, JSONColumn as JSONColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {DeviceEventKind} from "./_deviceEventKind"
import {Device} from "./device.model"
import {DeviceModel} from "./deviceModel.model"
import {Recall} from "./recall.model"
import {Owner} from "./owner.model"

/**
 * A log that is no token move: approval, hand-off, sale, lock, recall and so on.
 */
@Entity_()
export class DeviceEvent {
    constructor(props?: Partial<DeviceEvent>) {
        Object.assign(this, props)
    }

    /**
     * Position as sortable text: `{block, 10 digits}-{log index, 6 digits}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * What happened.
     */
    @Column_("varchar", {length: 20, nullable: false})
    kind!: DeviceEventKind

    /**
     * Configured name of the contract.
     */
    @StringColumn_({nullable: false})
    contract!: string

    /**
     * The unit it happened to, if it is about one.
     */
    @Index_()
    @ManyToOne_(() => Device, {nullable: true})
    device!: Device | undefined | null

    /**
     * The model that it names.
     */
    @Index_()
    @ManyToOne_(() => DeviceModel, {nullable: true})
    model!: DeviceModel | undefined | null

    /**
     * The recall that it names.
     */
    @Index_()
    @ManyToOne_(() => Recall, {nullable: true})
    recall!: Recall | undefined | null

    /**
     * Who acted or was acted on: the sender, seller, manufacturer, regulator, issuer or listed party.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    party!: Owner | undefined | null

    /**
     * The other side: receiver, buyer, or who granted a role.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    counterparty!: Owner | undefined | null

    /**
     * What else the log says; the keys of each kind are listed in docs/glossary.md.
     */
    @JSONColumn_({nullable: false})
    detail!: unknown

    /**
     * Block of the log.
     */
    @IntColumn_({nullable: false})
    blockHeight!: number

    /**
     * Log, counted within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * Block time.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * Transaction of the log, 0x-prefixed.
     */
    @StringColumn_({nullable: false})
    txHash!: string
}
