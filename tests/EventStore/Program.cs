using Vkp.EventStore.Tests.Crash;
using Xunit.Runner.InProc.SystemConsole;

// Started without arguments of ours, this is the test program. `write CONNECTION RUN` makes it a process that appends until it is killed,
// `retire CONNECTION KEY` one that removes bodies until it is killed or done.
return args switch
{
    ["write", var connection, var run] => await Writer.RunAsync(connection, run),
    ["retire", var connection, var key] => await Retirer.RunAsync(connection, key),
    _ => await ConsoleRunner.Run(args),
};
