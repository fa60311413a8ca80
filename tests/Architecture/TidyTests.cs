using System.Text;
using System.Text.RegularExpressions;

namespace Vkp.Architecture.Tests;

/// <summary>A lint of the whole repository. Each ban says what to do instead.</summary>
public partial class TidyTests
{
    private static readonly string[] RootFiles =
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "vkp", "Vkp.sln", "Directory.Build.props", "Directory.Packages.props",
        ".editorconfig", ".gitignore", ".gitattributes", "global.json",
    ];

    private static readonly string[] RootFolders = [".ci", "contracts", "docs", "ops", "samples", "src", "tests", "tools"];

    /// <summary>Where the pattern applies, the pattern, and what to use instead.</summary>
    private static readonly (string Folder, string Pattern, string Instead)[] Bans =
    [
        ("src/", @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "take a TimeProvider, or the time as a value"),
        ("src/", @"\bRandom\.Shared\b|\bnew Random\(\)", "take the randomness as a value, or a seeded Random"),
        ("src/", @"\bThread\.Sleep\b", "await a signal or a timer of the TimeProvider"),
        ("src/Hub/Server/", @"\bConsole\.(Write|Error|Out)\b", "log through ILogger"),
        ("tests/", @"\bTask\.Delay\b|\bThread\.Sleep\b", "await a TestSignal, or drive the loop with RunOnce"),
        ("tests/", @"\bSkip\s*=\s*""", "make the test run, or delete it"),
        ("", @"#region\b", "split the file"),
        ("", @"\bNotImplementedException\b", "build it, or leave it out"),
        ("", @"\b(TODO|FIXME|HACK|XXX)\b", "do it, or write an issue"),
        ("", @"(?<!//[^\n]*\n\s*)#pragma warning disable [^/\n]*$", "fix the warning, or write the reason after // on that line or the one above"),
        ("", @"catch(\s*\([^)]*\))?\s*\{\s*\}", "handle the error, or say in a comment why nothing needs doing"),
    ];

    [Fact]
    public void Banned_calls_are_not_used()
    {
        var found = from ban in Bans
                    let pattern = new Regex(ban.Pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
                    from file in SourceTree.CSharpUnder(ban.Folder)
                    where file != "tests/Architecture/TidyTests.cs" && !SourceTree.IsGenerated(file)
                    let text = SourceTree.Read(file)
                    from Match match in pattern.Matches(text)
                    select $"{file}:{LineOf(text, match.Index)} '{match.Value}': {ban.Instead}";
        Finding.None(found);
    }

    [Fact]
    public void Text_files_are_plain_utf8_with_unix_lines_and_no_tabs()
    {
        var wrong = new List<string>();
        foreach (var file in SourceTree.TextFiles)
        {
            // The solution format asks for both, generated tables are machine food, samples are kept byte for byte as their authors wrote them, a dictionary is half text.
            if (file == "Vkp.sln" || file.EndsWith(".zdict", StringComparison.Ordinal) || SourceTree.IsGenerated(file) || file.StartsWith("contracts/", StringComparison.Ordinal) || file.Contains("/samples/", StringComparison.Ordinal)) continue;
            var bytes = File.ReadAllBytes(TestSupport.Repository.PathOf(file));
            if (bytes is [0xEF, 0xBB, 0xBF, ..]) wrong.Add($"{file} begins with a byte order mark: save as UTF-8 without it");
            if (bytes.Contains((byte)'\r')) wrong.Add($"{file} has carriage returns: save with LF");
            if (bytes.Contains((byte)'\t')) wrong.Add($"{file} has tabs: use blanks");
            if (bytes.Length > 0 && bytes[^1] != (byte)'\n') wrong.Add($"{file} does not end with a line break");
            if (!IsUtf8(bytes)) wrong.Add($"{file} is not UTF-8");
        }
        Finding.None(wrong);
    }

    [Fact]
    public void The_root_holds_only_what_a_reader_expects_there()
    {
        var wrong = SourceTree.Files.Where(file => file.Contains('/') ? !RootFolders.Contains(file[..file.IndexOf('/')]) : !RootFiles.Contains(file));
        Finding.None(wrong.Select(file => $"{file}: plans belong in issues, decisions in docs/adr, the rest in a room's folder"));
    }

    [Fact]
    public void No_path_or_address_of_a_persons_machine_is_written_down()
    {
        var found = from file in SourceTree.TextFiles
                    let text = SourceTree.Read(file)
                    from Match match in MachinePath().Matches(text)
                    select $"{file}:{LineOf(text, match.Index)} '{match.Value.Trim()}': write a path relative to the repository, or a name like DIR";
        Finding.None(found);
    }

    [Fact]
    public void Lock_files_name_packages_and_no_registry()
    {
        var found = from file in SourceTree.TextFiles
                    where file.EndsWith("lock.json", StringComparison.Ordinal) || Path.GetFileName(file) is ".npmrc" or "nuget.config" or "NuGet.config"
                    where file.EndsWith(".npmrc", StringComparison.Ordinal) || file.EndsWith(".config", StringComparison.OrdinalIgnoreCase)
                        || SourceTree.Read(file).Contains("\"resolved\": \"http", StringComparison.Ordinal)
                    select $"{file}: packages are fetched by name through the ordinary clients; leave the address to the machine";
        Finding.None(found);
    }

    [Fact]
    public void Code_systems_are_named_in_one_place()
    {
        var found = from file in SourceTree.CSharpUnder("src/")
                    // The simulated vendors and EPJs are other people's systems: reading our constants, they would share our mistakes.
                    where !file.StartsWith("src/Fhir/", StringComparison.Ordinal) && !file.StartsWith("src/Hub/Sandbox/", StringComparison.Ordinal)
                    let text = SourceTree.Read(file)
                    from Match match in CodeSystem().Matches(text)
                    select $"{file}:{LineOf(text, match.Index)} {match.Value}: use the constant in src/Fhir/Codes, or add one there";
        Finding.None(found);
    }

    [Fact]
    public void Every_room_has_a_page_that_explains_it()
    {
        var rooms = SourceTree.CSharpUnder("src/").Select(file => Room().Match(file).Value).Where(room => room.Length > 0).Distinct();
        Finding.None(rooms.Where(room => !SourceTree.Files.Contains(room + "README.md")).Select(room => $"{room}README.md is missing: problem, worked example, guarantees, failures, costs"));
    }

    [Fact]
    public void Files_can_be_read_in_one_go()
    {
        const int linesMax = 400;
        var found = from file in SourceTree.CSharpUnder("")
                    where !SourceTree.IsGenerated(file)
                    let lines = SourceTree.Read(file).Split('\n').Length - 1
                    where lines > linesMax
                    select $"{file} has {lines} lines, at most {linesMax}: split it by what it does; about 200 is the aim";
        Finding.None(found);
    }

    [Theory]
    [InlineData(@"\btimestamp\b(?!tz| with time zone)", "timestamptz: a time without a zone means another moment on another machine")]
    [InlineData(@"select\s+\*", "name the columns; a later migration must not change what a query returns")]
    [InlineData(@"\b(bigserial|serial|nextval)\b|generated (always|by default) as identity", "the head row gives positions; a sequence loses events (see the ADR on ordering)")]
    public void Sql_keeps_the_rules_of_the_store(string ban, string instead)
    {
        var pattern = new Regex(ban, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        var found = from file in SourceTree.Files
                    where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".sql", StringComparison.Ordinal)
                    from line in SourceTree.Read(file).Split('\n').Select((text, i) => (Text: text.Split("--")[0], Number: i + 1))
                    where pattern.IsMatch(line.Text)
                    select $"{file}:{line.Number} '{line.Text.Trim()}': {instead}";
        Finding.None(found);
    }

    [Fact]
    public void Received_snapshots_are_not_left_behind() =>
        Finding.None(SourceTree.Files.Where(file => file.Contains(".received.", StringComparison.Ordinal))
            .Select(file => $"{file}: a snapshot test failed; accept what it received with SNAPSHOT_ACCEPT=1, or fix the code"));

    [Fact]
    public void Every_approved_snapshot_belongs_to_a_test()
    {
        var tests = string.Concat(SourceTree.CSharpUnder("tests/").Select(SourceTree.Read));
        var dangling = from file in SourceTree.Files
                       let name = Path.GetFileName(file)
                       let at = name.IndexOf(".verified.", StringComparison.Ordinal)
                       where at > 0
                       let stem = name[..at]
                       let subject = stem[(stem.LastIndexOf('.') + 1)..]
                       // Named in a test, or lying beside the sample it is the outcome of.
                       where !tests.Contains(subject, StringComparison.Ordinal)
                           && !SourceTree.Files.Any(other => other != file && Path.GetDirectoryName(other) == Path.GetDirectoryName(file) && Path.GetFileNameWithoutExtension(other) == stem)
                       select $"{file}: no test names '{subject}'; delete the file, or the test lost its way to it";
        Finding.None(dangling);
    }

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex("""(^|[\s"'`(=:])/(work|root|home|Users|farm)/\w""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex MachinePath();

    [GeneratedRegex("""
        "(http://ehelse\.no/fhir/CodeSystem/|urn:oid:2\.16\.578\.1\.12\.4\.1\.|http://snomed\.info/sct|http://loinc\.org|http://terminology\.hl7\.org/CodeSystem/)[^"]*"
        """, RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CodeSystem();

    /// <summary>A project's folder, a stage of the server, or one adapter.</summary>
    [GeneratedRegex("^src/(Fhir/|Adapters/((Vendors|Epj)/[^/]+/)?|Hub/(Server/)?[^/]+/)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Room();
}
