using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vkp.Cli;

/// <summary>What every command has.</summary>
public static class Shared
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The data directory (default: VKP_DATA, else ~/.local/share/vkp)", Recursive = true, HelpName = "DIR",
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON", Recursive = true };

    /// <summary>JSON for a person to read.</summary>
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DataDirectory DirectoryOf(ParseResult parsed) => new(parsed.GetValue(Data));
}
