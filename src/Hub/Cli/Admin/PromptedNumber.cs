using System.Text;

namespace Vkp.Cli.Admin;

/// <summary>What must not stand on a command line: typed at a prompt without echo, or the first line of what is piped in.</summary>
internal static class PromptedNumber
{
    public static string Read()
    {
        if (Console.IsInputRedirected) return (Console.In.ReadLine() ?? "").Trim();

        Console.Error.Write("Identity number (not shown): ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString().Trim();
    }
}
