using Vkp.TestSupport;

namespace Vkp.Adapters.Tests;

/// <summary>The published sample payloads of every vendor, from contracts/vendors.</summary>
public static class Samples
{
    /// <summary>Later than every event in the samples, so that no clock is found to be ahead.</summary>
    public static readonly DateTimeOffset ReceivedAt = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Sample> All { get; } = [.. VendorCatalog.All.SelectMany(Of)];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    public static Sample Find(string name) => All.Single(sample => sample.Name == name);

    public static VendorPayload Payload(byte[] bytes) => new(bytes, ReceivedAt);

    private static IEnumerable<Sample> Of(IVendorAdapter adapter) =>
        Directory.GetFiles(Repository.PathOf("contracts", "vendors", adapter.Info.Name, "samples"))
            .Where(file => Path.GetExtension(file) is ".json" or ".xml" && !file.Contains(".verified.", StringComparison.Ordinal) && !file.Contains(".received.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => new Sample(adapter, Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)));
}

/// <summary>One sample payload and the adapter it is for.</summary>
public sealed record Sample(IVendorAdapter Adapter, string EventName, byte[] Bytes)
{
    public string Name => $"{Adapter.Info.Name}/{EventName}";

    /// <summary>Relative to the repository, without extension: the approved outcomes lie beside the sample.</summary>
    public string Stem => $"contracts/vendors/{Adapter.Info.Name}/samples/{EventName}";

    public Translation Translate() => Adapter.Translate(Samples.Payload(Bytes));
}
