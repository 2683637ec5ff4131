import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, IntColumn as IntColumn_, StringColumn as StringColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"

/**
 * A block that carried a log of ours. Nothing was recorded between two of them.
 */
@Entity_()
export class Block {
    constructor(props?: Partial<Block>) {
        Object.assign(this, props)
    }

    /**
     * Height, 10 digits with leading zeros.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Its number on the chain.
     */
    @IntColumn_({nullable: false})
    height!: number

    /**
     * Its hash, 0x-prefixed.
     */
    @StringColumn_({nullable: false})
    hash!: string

    /**
     * Its time.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date
}
