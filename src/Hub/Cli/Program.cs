using System.CommandLine;
using Vkp.Adapters;
using Vkp.Cli;
using Vkp.Cli.Admin;
using Vkp.Cli.Bench;
using Vkp.Cli.Doctor;
using Vkp.Cli.Fhir;
using Vkp.Cli.SandboxEpj;
using Vkp.Cli.SelfTest;
using Vkp.Cli.Up;
using Vkp.Cli.Vendor;
using Vkp.EmbeddedPostgres;
using Vkp.Hub;
using Vkp.Sandbox;

var root = new RootCommand("The VKP hub: welfare technology events into the patient journal")
{
    UpCommand.Create(),
    ServeCommand.Create(),
    StatusCommand.Create(),
    TraceCommand.Create(),
    WhyCommand.Create(),
    TailCommand.Create(),
    ReplayCommand.Create(),
    ReplayCommand.CreateDiff(),
    HandoverCommand.Create(),
    CorrectCommand.Create(),
    ArchiveCommands.CreateExport(),
    ArchiveCommands.CreateShred(),
    BenefitCommand.Create(),
    SendCommand.Create(),
    TriggerCommand.Create(),
    TokenCommand.Create(),
    HeldCommand.Create(),
    DeadLettersCommand.Create(),
    EscalationsCommand.Create(),
    ReconcileCommand.Create(),
    DestinationCommand.Create(),
    ConfigCommand.Create(),
    BenchCommands.Create(),
    AuditCommand.Create(),
    RetentionCommand.Create(),
    SubscriptionCommand.Create(),
    KeyCommand.Create(),
    LoginCommand.CreateLogin(),
    LoginCommand.CreateLogout(),
    StaffCommand.Create(),
    BreakGlassCommand.Create(),
    FhirCommands.Create(),
    DoctorCommand.Create(),
    SandboxCommand.Create(),
    SelfTestCommand.Create(),
};
root.Add(Shared.Data);
root.Add(Shared.Json);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
}
catch (CommandException fault)
{
    Console.Error.WriteLine(fault.Message);
    return fault.ExitCode;
}
catch (Exception fault) when (fault is ClusterException or HubStartException or SandboxException)
{
    // Each carries one line: code, what, why, what to do.
    Console.Error.WriteLine(fault.Message);
    return 69;
}
