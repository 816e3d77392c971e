/**
 * Runs every example as a process of its own. Entry type: {@link taskpool.examples.ExampleProcess}.
 */
package taskpool.examples;
