import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, OneToMany as OneToMany_} from "@subsquid/typeorm-store"
import {PartyKind} from "./_partyKind"
import {Device} from "./device.model"
import {CustodyPeriod} from "./custodyPeriod.model"

/**
 * An address that holds or held a device, or took part in an event. With a directory entry it has a name.
 */
@Entity_()
export class Owner {
    constructor(props?: Partial<Owner>) {
        Object.assign(this, props)
    }

    /**
     * Address, 0x-prefixed, lower case.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Last name in the directory; absent for an unidentified address.
     */
    @StringColumn_({nullable: true})
    name!: string | undefined | null

    /**
     * Last kind in the directory; absent for an unidentified address.
     */
    @Column_("varchar", {length: 12, nullable: true})
    kind!: PartyKind | undefined | null

    /**
     * GS1 Global Location Number.
     */
    @StringColumn_({nullable: true})
    gln!: string | undefined | null

    /**
     * Whether the directory lists it now. A removed party keeps its last known name.
     */
    @BooleanColumn_({nullable: false})
    listed!: boolean

    /**
     * Devices held now.
     */
    @IntColumn_({nullable: false})
    devicesHeld!: number

    /**
     * Block in which the address was first seen.
     */
    @IntColumn_({nullable: false})
    blockHeight!: number

    /**
     * Log in which the address was first seen, counted within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * When the address was first seen: block time.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * Devices held now.
     */
    @OneToMany_(() => Device, e => e.owner)
    devices!: Device[]

    /**
     * Every period in which it held a device, past ones included.
     */
    @OneToMany_(() => CustodyPeriod, e => e.owner)
    custody!: CustodyPeriod[]
}
