import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, ManyToOne as ManyToOne_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {Recall} from "./recall.model"
import {Device} from "./device.model"
import {RecallResolution} from "./_recallResolution"
import {Owner} from "./owner.model"

/**
 * A unit that belongs to a recall: named by its scope while the recall was open, also when minted later.
 */
@Entity_()
export class RecallUnit {
    constructor(props?: Partial<RecallUnit>) {
        Object.assign(this, props)
    }

    /**
     * `{recallId}-{tokenId}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * The recall.
     */
    @Index_()
    @ManyToOne_(() => Recall, {nullable: true})
    recall!: Recall

    /**
     * The unit.
     */
    @Index_()
    @ManyToOne_(() => Device, {nullable: true})
    device!: Device

    /**
     * Latest resolution; absent while nothing was reported of the unit.
     */
    @Column_("varchar", {length: 12, nullable: true})
    resolution!: RecallResolution | undefined | null

    /**
     * Who reported the resolution.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    resolvedBy!: Owner | undefined | null

    /**
     * Block of the resolution.
     */
    @IntColumn_({nullable: true})
    resolvedBlock!: number | undefined | null

    /**
     * Log of the resolution.
     */
    @IntColumn_({nullable: true})
    resolvedLogIndex!: number | undefined | null

    /**
     * Block time of the resolution.
     */
    @DateTimeColumn_({nullable: true})
    resolvedAt!: Date | undefined | null

    /**
     * Block in which the unit came under the recall: that of the scope or of the mint, whichever is later.
     */
    @IntColumn_({nullable: false})
    blockHeight!: number

    /**
     * Log that brought the unit under the recall, counted within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * Block time at which the unit came under the recall.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date
}
