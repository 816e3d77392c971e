package taskpool.deploy.cli;

import picocli.CommandLine.Command;

/** Holds the examples, see {@link Demo}. */
@Command(name = "demo", description = "Runs one of the examples.")
final class DemoCommand {}
