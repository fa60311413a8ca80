using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vkp.Architecture.Tests;

/// <summary>Who may know whom. The compiler keeps most of it through the project files; these tests keep the project files.</summary>
public partial class DependencyTests
{
    /// <summary>Project to the projects and packages it may reference. A new line here is a decision, not a formality.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["src/Fhir/Vkp.Fhir.csproj"] = [],
        ["src/Adapters/Vkp.Adapters.csproj"] = ["Vkp.Fhir"],
        ["src/Hub/EventStore/Vkp.EventStore.csproj"] = ["Npgsql"],
        ["src/Hub/EmbeddedPostgres/Vkp.EmbeddedPostgres.csproj"] = ["Npgsql"],
        // A vendor or an EPJ, even a simulated one, knows nothing of the hub's inside.
        ["src/Hub/Sandbox/Vkp.Sandbox.csproj"] = ["Vkp.Fhir", "Microsoft.IdentityModel.JsonWebTokens", "Vkp.Messages", "Npgsql", "RabbitMQ.Client"],
        ["src/Hub/Server/Vkp.Hub.csproj"] = ["Vkp.Fhir", "Vkp.Adapters", "Vkp.EventStore", "Npgsql", "Microsoft.IdentityModel.JsonWebTokens", "YamlDotNet", "Vkp.Messages", "RabbitMQ.Client", "ZstdSharp.Port"],
        ["src/Hub/Cli/Vkp.Cli.csproj"] = ["Vkp.EmbeddedPostgres", "Vkp.Hub", "Vkp.Sandbox", "System.CommandLine", "Npgsql"],
    };

    [Fact]
    public void Every_project_references_only_what_its_room_may_know()
    {
        var wrong = from file in SourceTree.Files
                    where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal)
                    let allowed = Allowed.GetValueOrDefault(file)
                    from reference in References(file)
                    where allowed is null || !allowed.Contains(reference)
                    select $"{file} references {reference}; allowed: {(allowed is null ? "the project is not listed in DependencyTests" : string.Join(", ", allowed))}";
        Finding.None(wrong);
    }

    [Fact]
    public void Every_listed_project_exists() => Finding.None(Allowed.Keys.Except(SourceTree.Files));

    [Fact]
    public void Rooms_name_only_the_rooms_below_them()
    {
        // Namespaces are checked beside the project files because a name can reach further than a reference once projects merge.
        (string Folder, string[] MayName)[] rooms =
        [
            ("src/Fhir/", ["Fhir"]),
            ("src/Adapters/", ["Adapters", "Fhir"]),
            ("src/Hub/EventStore/", ["EventStore"]),
            ("src/Hub/EmbeddedPostgres/", ["EmbeddedPostgres"]),
            ("src/Hub/Sandbox/", ["Sandbox", "Fhir"]),
            ("src/Hub/Server/", ["Hub", "Adapters", "EventStore", "Fhir"]),
        ];
        var wrong = from room in rooms
                    from file in SourceTree.CSharpUnder(room.Folder)
                    from Match match in RoomName().Matches(SourceTree.Read(file))
                    where !room.MayName.Contains(match.Groups["room"].Value)
                    select $"{file} names {match.Value}; {room.Folder} may name Vkp.{string.Join(", Vkp.", room.MayName)}";
        Finding.None(wrong.Distinct());
    }

    [Fact]
    public void One_adapter_folder_never_uses_another()
    {
        var wrong = from file in SourceTree.CSharpUnder("src/Adapters/")
                    let own = AdapterFolder().Match(file)
                    where own.Success
                    from Match named in AdapterName().Matches(SourceTree.Read(file))
                    where named.Groups["kind"].Value != own.Groups["kind"].Value || named.Groups["name"].Value != own.Groups["name"].Value
                    select $"{file} names {named.Value}";
        Finding.None(wrong.Distinct());
    }

    [Fact]
    public void Only_the_catalogs_and_the_wiring_name_concrete_adapters()
    {
        var wrong = from file in SourceTree.CSharpUnder("src/")
                    where !AdapterFolder().IsMatch(file) && Path.GetFileName(file) is not ("VendorCatalog.cs" or "EpjCatalog.cs" or "Program.cs")
                    from Match named in AdapterName().Matches(SourceTree.Read(file))
                    select $"{file} names {named.Value}; go through IVendorAdapter or IEpjAdapter from the catalog instead";
        Finding.None(wrong.Distinct());
    }

    [Fact]
    public void Tests_are_never_referenced_by_the_product()
    {
        var wrong = from file in SourceTree.CSharpUnder("src/")
                    where SourceTree.Read(file).Contains("InternalsVisibleTo", StringComparison.Ordinal)
                    select $"{file} opens its inside to others; test through the room's door instead";
        Finding.None(wrong);
    }

    private static IEnumerable<string> References(string file)
    {
        var project = XDocument.Parse(SourceTree.Read(file));
        var projects = project.Descendants("ProjectReference").Select(e => Path.GetFileNameWithoutExtension((string)e.Attribute("Include")!));
        var packages = project.Descendants("PackageReference").Select(e => (string)e.Attribute("Include")!);
        return projects.Concat(packages);
    }

    [GeneratedRegex(@"\bVkp\.(?<room>Fhir|Adapters|EventStore|EmbeddedPostgres|Sandbox|Hub|Cli|TestSupport)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoomName();

    [GeneratedRegex("^src/Adapters/(?<kind>Vendors|Epj)/(?<name>[^/]+)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AdapterFolder();

    [GeneratedRegex(@"\bAdapters\.(?<kind>Vendors|Epj)\.(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AdapterName();
}
