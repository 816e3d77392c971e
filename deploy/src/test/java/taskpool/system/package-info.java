/**
 * The whole system with real JVMs. Entry type: {@link taskpool.system.TestCluster}, which gives
 * tests their pools and programs and sees to it that nothing of them is left.
 */
package taskpool.system;
