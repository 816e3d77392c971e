package taskpool.system.contract;

import taskpool.sync.SharedObjects;

/** A pool and a name that nobody else uses: for what is done with more than one primitive. */
record Named(SharedObjects objects, String name) {}
