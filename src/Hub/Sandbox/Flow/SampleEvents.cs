using System.Reflection;
using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>One published sample of one vendor's format.</summary>
/// <param name="Name">What it is called to trigger it: the event type, with a word more where a type has several samples (`alert.closed.several`).</param>
/// <param name="EventType">As the payload says it; the name for formats that say none.</param>
public sealed record SampleEvent(string Vendor, string Name, string EventType, ReadOnlyMemory<byte> Body)
{
    public bool IsXml => Body.Span[0] == (byte)'<';
}

/// <summary>The samples of contracts/vendors, built into the program: one at least for every event of every format.</summary>
public static class SampleEvents
{
    private const string Stem = "Vkp.Sandbox.Samples/";

    /// <summary>The invented person whom the samples are about (a test series: the month is raised by 65).</summary>
    public const string Person = "13717404089";

    /// <summary>The devices the samples name, all of <see cref="Person"/>.</summary>
    public static IReadOnlyList<string> Devices { get; } =
        ["ZZ000123", "ZZ000777", "4712345678", "SN-2001-54321", "SN-3001-11111", "SN-4001-22222", "SN-5001-33333", "SN-6001-44444"];

    /// <summary>By vendor and name.</summary>
    public static IReadOnlyList<SampleEvent> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Stem, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The sample of that name; else the first of that event type; else null.</summary>
    public static SampleEvent? Find(string vendor, string name)
    {
        var own = All.Where(sample => sample.Vendor == vendor).ToList();
        return own.Find(sample => sample.Name == name) ?? own.Find(sample => sample.EventType == name);
    }

    private static SampleEvent Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var path = resource[Stem.Length..].Replace('\\', '/').Split('/');
        var file = Path.GetFileNameWithoutExtension(path[^1]);
        var type = file;
        if (path[^1].EndsWith(".json", StringComparison.Ordinal) && JsonNode.Parse(bytes.ToArray())?["eventType"] is { } said) type = (string)said!;
        // Two samples write the type's dot as a hyphen in their file's name.
        var name = file.StartsWith(type.Replace('.', '-'), StringComparison.Ordinal) ? type + file[type.Length..] : file;
        return new SampleEvent(path[0], name, type, bytes.ToArray());
    }
}
