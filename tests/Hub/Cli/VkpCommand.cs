using System.Text;
using Vkp.Cli;

namespace Vkp.Hub.Tests.Cli;

/// <summary>What a run of the command came to.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>The `vkp` command line as a person types it, in this process: the same parsing, exit codes and outputs, without the time a process takes to start.</summary>
internal static class VkpCommand
{
    static VkpCommand()
    {
        // The console is the process's own, and other tests run beside: each run hears what was written in its own flow.
        Console.SetOut(new HeardWriter(Console.Out, heard => heard.Output));
        Console.SetError(new HeardWriter(Console.Error, heard => heard.Error));
    }

    public static Task<CommandResult> RunAsync(params string[] arguments) => Task.Run(async () =>
    {
        var heard = new Heard();
        HeardWriter.Now.Value = heard;
        var exitCode = await CommandLine.RunAsync(arguments);
        return new CommandResult(exitCode, heard.Output.ToString(), heard.Error.ToString());
    });

    private sealed class Heard
    {
        public StringBuilder Output { get; } = new();

        public StringBuilder Error { get; } = new();
    }

    private sealed class HeardWriter(TextWriter standard, Func<Heard, StringBuilder> of) : TextWriter
    {
        public static readonly AsyncLocal<Heard?> Now = new();

        public override Encoding Encoding => standard.Encoding;

        public override void Write(char value)
        {
            if (Now.Value is { } heard) of(heard).Append(value);
            else standard.Write(value);
        }

        public override void Write(string? value)
        {
            if (Now.Value is { } heard) of(heard).Append(value);
            else standard.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            if (Now.Value is { } heard) of(heard).Append(buffer, index, count);
            else standard.Write(buffer, index, count);
        }
    }
}
