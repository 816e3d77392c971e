/**
 * What each primitive promises, as its documentation and {@code java.util.concurrent} state it: one
 * class for each, whose contracts are written once for two or three parties and hold wherever these
 * are. Entry types: {@link taskpool.system.contract.PrimitiveContractsIT}, which runs all of them
 * over one pool, and {@link taskpool.system.contract.PrimitiveContract}, which a new one extends.
 */
package taskpool.system.contract;
