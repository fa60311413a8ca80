using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Vkp.Cli.Admin;
using Vkp.Cli.Bench;
using Vkp.Cli.Doctor;
using Vkp.Cli.Fhir;
using Vkp.Cli.SandboxEpj;
using Vkp.Cli.SelfTest;
using Vkp.Cli.Up;
using Vkp.Cli.Vendor;
using Vkp.EmbeddedPostgres;
using Vkp.Fhir;
using Vkp.Hub;
using Vkp.Sandbox;

namespace Vkp.Cli;

/// <summary>The whole `vkp` command line. What a command answers goes to standard output, everything about it to standard error.</summary>
public static partial class CommandLine
{
    private static readonly RootCommand Root = Create();

    /// <returns>The exit code (sysexits): 0 well, 2 done but something needs a person, 64 wrong use, 65 refused, 66 not found, 69 not reachable, 77 not signed in.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root.Parse(args);
        try
        {
            RefuseNumbers(parsed);
            if (parsed.Errors.Count > 0) return SayWrongUse(parsed);
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
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
    }

    private static int SayWrongUse(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"VKP-929 {error.Message}");
        Console.Error.WriteLine($"Hint: see '{PathOf(parsed.CommandResult)} --help'.");
        return 64;
    }

    private static string PathOf(CommandResult command) => command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "vkp";

    /// <summary>
    /// What is on a command line stands in its history and in the machine's list of processes: no command takes an identity number there, before anything else
    /// is said about the line, since that could repeat it. Invented people that a journal system is tried with are named openly.
    /// </summary>
    private static void RefuseNumbers(ParseResult parsed)
    {
        var openly = SelfTestCommand.People.SelectMany(option => parsed.GetResult(option)?.Tokens ?? []).ToHashSet();
        foreach (var token in parsed.Tokens.Where(token => !openly.Contains(token)))
        {
            var written = NumberLike().Matches(token.Value).Select(match => match.Groups["born"].Value + match.Groups["rest"].Value).Append(token.Value);
            if (written.Any(number => NationalIdentityNumber.TryParse(number, out _))) throw CommandException.IdentityNumberGiven();
        }
    }

    private static RootCommand Create()
    {
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
            ExportCommand.Create(),
            ShredCommand.Create(),
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
        return root;
    }

    /// <summary>Eleven digits, also as they are often written: divided after the sixth.</summary>
    [GeneratedRegex(@"(?<!\d)(?<born>\d{6})[ .-]?(?<rest>\d{5})(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex NumberLike();
}
