using System.CommandLine;

namespace Vkp.Cli;

/// <summary>Options that every command has.</summary>
public static class Shared
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The data directory (default: VKP_DATA, else ~/.local/share/vkp)", Recursive = true, HelpName = "DIR",
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON", Recursive = true };

    public static DataDirectory DirectoryOf(ParseResult parsed) => new(parsed.GetValue(Data));
}
