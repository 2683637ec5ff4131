import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, ManyToOne as ManyToOne_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {AnomalyCode} from "./_anomalyCode"
import {Device} from "./device.model"

/**
 * A log that does not fit the record, with the reason.
 */
@Entity_()
export class Anomaly {
    constructor(props?: Partial<Anomaly>) {
        Object.assign(this, props)
    }

    /**
     * `{position}-{number within the log}`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Why it does not fit; programs match on it.
     */
    @Column_("varchar", {length: 26, nullable: false})
    code!: AnomalyCode

    /**
     * The same for people, with the values.
     */
    @StringColumn_({nullable: false})
    message!: string

    /**
     * Configured name of the contract.
     */
    @StringColumn_({nullable: false})
    contract!: string

    /**
     * The unit it bears on, if it is about one.
     */
    @Index_()
    @ManyToOne_(() => Device, {nullable: true})
    device!: Device | undefined | null

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
