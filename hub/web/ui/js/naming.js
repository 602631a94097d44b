import { shownCustomer } from "./store.js";
import { customer } from "./state/customers.js";

/** An address as people read it. @param {{address: string, shown?: string}} identity */
export const addressOf = (identity) => identity.shown || identity.address;

/** Who this is with: by name, or else by address.
 * @param {{customer: {name: string}, identity: {address: string, shown?: string}}} it */
export const whoOf = (it) => it.customer.name || addressOf(it.identity);

/** An address of the customer who is looked at, as people read it: a visitor has a short name for a long number.
 * @param {string} address */
export const shownAs = (address) => customer(shownCustomer.value)?.identities.find((it) => it.address === address)?.shown ?? address;

/** The number of a callback. @param {{number: string, number_shown?: string}} it */
export const numberOf = (it) => it.number_shown || it.number;
