using System.Reflection;

namespace Vkp.Cli.Up;

/// <summary>The real-world submission of contracts/samples, built into the program so that it runs from anywhere.</summary>
public static class SampleSubmission
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken ct)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Vkp.Cli.sample-submission.json")
            ?? throw new InvalidOperationException("The sample submission is not embedded.");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }
}
