using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vkp.Hub.Replay;

/// <summary>
/// What a replay has come to so far: counts, kinds of change, and a digest over every message and everything made of it. It is stored with each page's
/// checkpoint and read again for the next, so that a replay that was killed goes on as if nothing had happened. Sorted throughout, without times or ids
/// of the run: the same messages and translators give the same bytes.
/// </summary>
public sealed class ReplayTally
{
    /// <summary>Kinds of change told one by one; a translator that changes everything everywhere needs no list.</summary>
    private const int KindsMax = 500;

    private const int ExamplesMax = 5;
    private const string Rest = "other changes";

    public long Messages { get; set; }

    public long Unchanged { get; set; }

    public long Changed { get; set; }

    /// <summary>Shredded, or removed by retention: nobody can read them again.</summary>
    public long Unreadable { get; set; }

    /// <summary>The translator then and now, `evondos-style 1.0 -> 1.2`.</summary>
    public SortedDictionary<string, long> Translators { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What became of the message then and now, where it differs.</summary>
    public SortedDictionary<string, ChangeCount> Changes { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Documents sent, or that would be; null for a replay that sends nothing.</summary>
    public long? Sent { get; set; }

    /// <summary>What was done with how many documents, and where they came to; null for a replay that sends nothing.</summary>
    public SortedDictionary<string, long>? Documents { get; set; }

    /// <summary>SHA-256, chained message by message.</summary>
    public string Digest { get; set; } = new('0', 64);

    public void Take(Guid messageId, EventMetadata metadata, string translatorNow, Retranslated? made)
    {
        Messages++;
        var translators = $"{metadata.Adapter} {metadata.Translator} -> {translatorNow}";
        Translators[translators] = Translators.GetValueOrDefault(translators) + 1;
        if (made is null) Unreadable++;
        else if (made.Changes.Count == 0) Unchanged++;
        else Changed++;

        foreach (var change in made?.Changes ?? []) Count($"{metadata.Adapter} {metadata.Kind}: {change}", messageId);
        Chain(messageId, Encoding.UTF8.GetBytes(made is null ? "unreadable" : $"{made.Then}|{made.Now}|{string.Join('|', made.Changes)}"), made is null ? [] : SHA256.HashData(made.NewFhir.Span));
    }

    /// <summary>Takes a document of a replay that sends.</summary>
    /// <param name="what">What is done with it, and why.</param>
    public void Take(Guid messageId, string what, bool isSent)
    {
        Messages++;
        Send(what, isSent);
        Chain(messageId, Encoding.UTF8.GetBytes(what));
    }

    /// <summary>What a message that is taken already leads to.</summary>
    public void Send(string what, bool isSent)
    {
        Sent = (Sent ?? 0) + (isSent ? 1 : 0);
        Conclude(what, 1);
    }

    /// <summary>Notes what became of documents; no part of the digest, since it depends on their receivers.</summary>
    public void Conclude(string what, long documents)
    {
        Documents ??= new(StringComparer.Ordinal);
        Documents[what] = Documents.GetValueOrDefault(what) + documents;
    }

    public string ToJson() => JsonSerializer.Serialize(this, ReplayJson.Default.ReplayTally);

    public static ReplayTally Parse(string json) => JsonSerializer.Deserialize(json, ReplayJson.Default.ReplayTally) ?? throw new InvalidOperationException("A replay's tally is null.");

    private void Count(string change, Guid messageId)
    {
        if (!Changes.ContainsKey(change) && Changes.Count >= KindsMax) change = Rest;
        var known = Changes.GetValueOrDefault(change) ?? new ChangeCount(0, []);
        Changes[change] = new ChangeCount(known.Messages + 1, known.Examples.Count < ExamplesMax ? [.. known.Examples, messageId] : known.Examples);
    }

    private void Chain(Guid messageId, params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(Digest));
        hash.AppendData(messageId.ToByteArray(bigEndian: true));
        foreach (var part in parts) hash.AppendData(part);
        Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <param name="Examples">The first few of them in the order of the log.</param>
public sealed record ChangeCount(long Messages, IReadOnlyList<Guid> Examples);

/// <summary>What a replay came to: the part that is signed. It says nothing of when it was made or how often it was interrupted.</summary>
/// <param name="Translators">Today's version of every translator.</param>
public sealed record ReplayReport(string Format, string Kind, ReplaySelection Selection, SortedDictionary<string, string> Translators, ReplayTally Result)
{
    /// <summary>True when nothing was sent though its kind sends; else absent.</summary>
    public bool? DryRun { get; init; }

    public const string FormatName = "vkp replay report 1";

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ReplayJson.Default.ReplayReport);
}

/// <summary>A report with what proves that this hub made it.</summary>
/// <param name="Report">The exact text that is signed.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over the text as UTF-8, IEEE P1363 form, base64.</param>
public sealed record SignedReport(string Report, string KeyId, string PublicKey, string Signature);

/// <summary>What a replay was asked for, sealed on its stream.</summary>
public sealed record ReplayPlan(ReplaySelection Selection, string Purpose, long UpTo, long Estimate, int Rate);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReplayTally))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(SignedReport))]
[JsonSerializable(typeof(ReplayPlan))]
internal sealed partial class ReplayJson : JsonSerializerContext;
