using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;

namespace Vkp.Hub.Audit;

/// <summary>
/// Signed statements of how far each log reached, written to files on a schedule. They are worth something where whoever can write to the
/// database cannot reach them: copy the folder away, or print a line. Without them a log cut at its end together with its head looks whole.
/// </summary>
/// <param name="folder">
/// Holds `anchor.key` (private, its owner's only), `anchor.pub` to give away, one `anchors-{orgnr}.jsonl` per municipality, and as `anchor-{id}.pub` the keys that
/// signed before: what they signed stays good. Where `anchor.key` is taken away, the next start makes another and keeps the old public one.
/// </param>
public sealed class AnchorFiles(string folder, EventLog store, TimeProvider time, ILogger<AnchorFiles> log)
{
    private const string Private = "anchor.key", Public = "anchor.pub";

    private Keys? opened;

    /// <summary>The public keys that signed before, to give away with the one that signs now.</summary>
    public IReadOnlyList<string> FormerPublicKeys => [.. Opened.Former.Select(key => key.PublicPem())];

    private Keys Opened => opened ??= Open();

    /// <summary>Writes an anchor of every municipality at once and then every hour, until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await TakeAsync(ct);
                await Task.Delay(Limits.AnchorInterval, time, ct);
            }
            catch (Exception fault) when (fault is NpgsqlException or StoreException or IOException)
            {
                log.LogWarning("No anchor could be written, and it is tried again in a minute: {Reason}", fault.Message);
                await Task.Delay(TimeSpan.FromMinutes(1), time, ct);
            }
        }
    }

    /// <summary>One anchor per municipality now; returns how many were written.</summary>
    public async Task<int> TakeAsync(CancellationToken ct)
    {
        var anchors = await Opened.Signing.TakeAsync(store, time, ct);
        foreach (var anchor in anchors) await File.AppendAllTextAsync(FileOf(anchor.Tenant), anchor.ToJson() + "\n", ct);
        return anchors.Count;
    }

    /// <summary>A municipality's anchors whose signatures are right; and the lines that are no anchors of ours.</summary>
    public async Task<(IReadOnlyList<LogAnchor> Anchors, int Unsound)> ReadAsync(int tenant, CancellationToken ct)
    {
        if (!File.Exists(FileOf(tenant))) return ([], 0);

        var anchors = new List<LogAnchor>();
        var unsound = 0;
        foreach (var line in await File.ReadAllLinesAsync(FileOf(tenant), ct))
        {
            if (Parse(line) is { } anchor && anchor.Tenant == tenant && Opened.All.Any(key => key.Signed(anchor))) anchors.Add(anchor);
            else unsound++;
        }

        return (anchors, unsound);
    }

    /// <summary>The key that anchors are checked with, to give away.</summary>
    public (string KeyId, string Pem) PublicKey() => (Opened.Signing.KeyId, Opened.Signing.PublicPem());

    /// <summary>Signs what the hub says for good with the key it signs anchors with, so that whoever holds `anchor.pub` can check both.</summary>
    public (string KeyId, string PublicPem, byte[] Signature) Sign(ReadOnlySpan<byte> statement) =>
        (Opened.Signing.KeyId, Opened.Signing.PublicPem(), Opened.Signing.Sign(statement));

    /// <summary>Signs what retention says, as it goes into a log.</summary>
    public SignedStatement SignStatement(string statement) => Opened.Signing.SignStatement(statement);

    /// <summary>True when this hub's key, or one it had before, signed exactly this.</summary>
    public bool Signed(SignedStatement signed) => Opened.All.Any(key => key.Signed(signed));

    private static LogAnchor? Parse(string line)
    {
        try
        {
            return LogAnchor.Parse(line);
        }
        catch (FormatException)
        {
            // Counted by the caller and told: a torn or changed line is a finding, not a reason to stop verifying.
            return null;
        }
    }

    private string FileOf(int tenant) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"anchors-{tenant:D9}.jsonl"));

    private Keys Open()
    {
        Directory.CreateDirectory(folder);
        var (file, published) = (Path.Combine(folder, Private), Path.Combine(folder, Public));
        if (!File.Exists(file) && File.Exists(published)) File.Move(published, Path.Combine(folder, $"anchor-{AnchorKey.FromPem(File.ReadAllText(published)).KeyId}.pub"));
        var signing = File.Exists(file) ? AnchorKey.FromPem(File.ReadAllText(file)) : Make(file, published);
        return new Keys(signing, [.. Directory.GetFiles(folder, "anchor-*.pub").Order(StringComparer.Ordinal).Select(former => AnchorKey.FromPem(File.ReadAllText(former)))]);
    }

    private static AnchorKey Make(string file, string published)
    {
        var made = AnchorKey.Generate();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(file, Encoding.ASCII, options)) writer.Write(made.PrivatePem());
        File.WriteAllText(published, made.PublicPem());
        return made;
    }

    private sealed record Keys(AnchorKey Signing, IReadOnlyList<AnchorKey> Former)
    {
        public IEnumerable<AnchorKey> All => [Signing, .. Former];
    }
}
