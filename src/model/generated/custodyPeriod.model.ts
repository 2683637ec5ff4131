import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, ManyToOne as ManyToOne_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"
import {Device} from "./device.model"
import {Owner} from "./owner.model"
import {CustodyStart} from "./_custodyStart"

/**
 * One holder's time with one device, half-open: from the log that brought it to the log that took it away. The same
 * log ends one period and begins the next, so at any position a live device has exactly one holder.
 */
@Entity_()
export class CustodyPeriod {
    constructor(props?: Partial<CustodyPeriod>) {
        Object.assign(this, props)
    }

    /**
     * `{deviceId}-{number}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * What was held.
     */
    @Index_()
    @ManyToOne_(() => Device, {nullable: true})
    device!: Device

    /**
     * Counted from 0 at mint.
     */
    @IntColumn_({nullable: false})
    number!: number

    /**
     * Who held it.
     */
    @Index_()
    @ManyToOne_(() => Owner, {nullable: true})
    owner!: Owner

    /**
     * What began the period.
     */
    @Column_("varchar", {length: 4, nullable: false})
    startedBy!: CustodyStart

    /**
     * Block of the log that began the period.
     */
    @IntColumn_({nullable: false})
    blockHeight!: number

    /**
     * Log that began the period, counted within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * Block time of the beginning.
     */
    @DateTimeColumn_({nullable: false})
    since!: Date

    /**
     * Transaction that began the period.
     */
    @StringColumn_({nullable: false})
    txHash!: string

    /**
     * Block of the log that ended the period; absent while it lasts.
     */
    @IntColumn_({nullable: true})
    untilBlock!: number | undefined | null

    /**
     * Log that ended the period; absent while it lasts.
     */
    @IntColumn_({nullable: true})
    untilLogIndex!: number | undefined | null

    /**
     * Block time of the end; absent while it lasts.
     */
    @DateTimeColumn_({nullable: true})
    until!: Date | undefined | null

    /**
     * Transaction that ended the period; absent while it lasts.
     */
    @StringColumn_({nullable: true})
    untilTxHash!: string | undefined | null

    /**
     * Ended by a burn: no period follows from the same log.
     */
    @BooleanColumn_({nullable: false})
    endedByBurn!: boolean
}
