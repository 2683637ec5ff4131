import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_, ManyToOne as ManyToOne_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, OneToMany as OneToMany_} from "@subsquid/typeorm-store"
import {DeviceModel} from "./deviceModel.model"
import {Owner} from "./owner.model"
import {RecallClass} from "./_recallClass"
import {RecallStatus} from "./_recallStatus"
import {RecallScope} from "./recallScope.model"
import {RecallUnit} from "./recallUnit.model"

/**
 * A recall of units of one model.
 */
@Entity_()
export class Recall {
    constructor(props?: Partial<Recall>) {
        Object.assign(this, props)
    }

    /**
     * `{contract}-recall-{recallNo}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Configured name of the contract.
     */
    @StringColumn_({nullable: false})
    contract!: string

    /**
     * Number of the recall within its contract.
     */
    @BigIntColumn_({nullable: false})
    recallNo!: bigint

    /**
     * Absent when the recall was never issued, only referred to.
     */
    @Index_()
    @ManyToOne_(() => DeviceModel, {nullable: true})
    model!: DeviceModel | undefined | null

    /**
     * Who issued it.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    issuer!: Owner | undefined | null

    /**
     * How dangerous the units are.
     */
    @Column_("varchar", {length: 7, nullable: false})
    class!: RecallClass

    /**
     * Why, as stated.
     */
    @StringColumn_({nullable: true})
    reason!: string | undefined | null

    /**
     * Where the full notice is.
     */
    @StringColumn_({nullable: true})
    noticeUri!: string | undefined | null

    /**
     * keccak256 of the notice, 0x-prefixed.
     */
    @StringColumn_({nullable: true})
    noticeHash!: string | undefined | null

    /**
     * Open until it is closed.
     */
    @Column_("varchar", {length: 6, nullable: false})
    status!: RecallStatus

    /**
     * Block in which it was closed; absent while open.
     */
    @IntColumn_({nullable: true})
    closedBlock!: number | undefined | null

    /**
     * Log that closed it; absent while open.
     */
    @IntColumn_({nullable: true})
    closedLogIndex!: number | undefined | null

    /**
     * Block time of its closing; absent while open.
     */
    @DateTimeColumn_({nullable: true})
    closedAt!: Date | undefined | null

    /**
     * Block in which the recall was issued.
     */
    @IntColumn_({nullable: false})
    blockHeight!: number

    /**
     * Log that issued it, counted within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * When it was issued: block time.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * What it names.
     */
    @OneToMany_(() => RecallScope, e => e.recall)
    scopes!: RecallScope[]

    /**
     * The units that belong to it.
     */
    @OneToMany_(() => RecallUnit, e => e.recall)
    units!: RecallUnit[]
}
