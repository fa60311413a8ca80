using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vkp.Cli;

/// <summary>What commands have in common.</summary>
public static class Shared
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The data directory (default: VKP_DATA, else ~/.local/share/vkp)", Recursive = true, HelpName = "DIR",
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON", Recursive = true };

    /// <summary>JSON for a person to read.</summary>
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// For ids that may be left out: each that is given is a UUID, or VKP-929. The library checks only what must be there: one id that cannot be read throws
    /// later, and of a list it makes an empty one, which means all.
    /// </summary>
    public static T OfIds<T>(T argument)
        where T : Argument
    {
        argument.Validators.Add(given =>
        {
            foreach (var token in given.Tokens)
            {
                if (!Guid.TryParse(token.Value, out _)) given.AddError($"'{token.Value}' is no id: an id is a UUID, as the commands print it.");
            }
        });
        return argument;
    }

    public static DataDirectory DirectoryOf(ParseResult parsed) => new(parsed.GetValue(Data));
}
