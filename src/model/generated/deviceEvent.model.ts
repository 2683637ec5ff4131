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

    @Column_("varchar", {length: 20, nullable: false})
    kind!: DeviceEventKind

    @StringColumn_({nullable: false})
    contract!: string

    @Index_()
    @ManyToOne_(() => Device, {nullable: true})
    device!: Device | undefined | null

    @Index_()
    @ManyToOne_(() => DeviceModel, {nullable: true})
    model!: DeviceModel | undefined | null

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

    @IntColumn_({nullable: false})
    blockHeight!: number

    @IntColumn_({nullable: false})
    logIndex!: number

    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    @StringColumn_({nullable: false})
    txHash!: string
}
