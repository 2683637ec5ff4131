import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, ManyToOne as ManyToOne_, Index as Index_, StringColumn as StringColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {Recall} from "./recall.model"
import {DeviceModel} from "./deviceModel.model"
import {RecallScopeKind} from "./_recallScopeKind"

/**
 * One thing that a recall names: the whole model, a lot or a serial.
 */
@Entity_()
export class RecallScope {
    constructor(props?: Partial<RecallScope>) {
        Object.assign(this, props)
    }

    /**
     * `{position}-{number within the log}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * The recall whose scope it is.
     */
    @Index_()
    @ManyToOne_(() => Recall, {nullable: true})
    recall!: Recall

    /**
     * The model that the recall is about.
     */
    @Index_()
    @ManyToOne_(() => DeviceModel, {nullable: true})
    model!: DeviceModel | undefined | null

    /**
     * What is named.
     */
    @Column_("varchar", {length: 6, nullable: false})
    kind!: RecallScopeKind

    /**
     * Lot or serial as stated; empty for the whole model.
     */
    @StringColumn_({nullable: false})
    value!: string

    /**
     * Normalised for comparison.
     */
    @StringColumn_({nullable: false})
    valueKey!: string

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
}
