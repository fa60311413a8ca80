using Vkp.EventStore.Tests.Crash;
using Xunit.Runner.InProc.SystemConsole;

// Started without arguments of ours, this is the test program. `write CONNECTION RUN` makes it a process that appends until it is killed.
return args is ["write", var connection, var run] ? await Writer.RunAsync(connection, run) : await ConsoleRunner.Run(args);
