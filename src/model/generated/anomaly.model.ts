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

    @Column_("varchar", {length: 26, nullable: false})
    code!: AnomalyCode

    @StringColumn_({nullable: false})
    message!: string

    @StringColumn_({nullable: false})
    contract!: string

    @Index_()
    @ManyToOne_(() => Device, {nullable: true})
    device!: Device | undefined | null

    @IntColumn_({nullable: false})
    blockHeight!: number

    @IntColumn_({nullable: false})
    logIndex!: number

    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    @StringColumn_({nullable: false})
    txHash!: string
}
