using System.Text.Json.Serialization;

namespace Vkp.Sandbox;

/// <summary>One entry in the simulated EPJ's journal. The text form leaves the patient out.</summary>
/// <param name="Sequence">1 and up, without holes.</param>
/// <param name="ContentKey">Equal for two entries that differ in generated ids only.</param>
public sealed record JournalEntry(
    long Sequence,
    DateTimeOffset JournaledAt,
    string MessageHeaderId,
    string BundleId,
    string Event,
    string Source,
    string? PatientSystem,
    string? PatientValue,
    string Text,
    string ContentKey)
{
    /// <summary>The entry with the patient's identifier hidden but for a birth date's worth of digits, and without the hash that covers it.</summary>
    public JournalEntry Masked() => this with { ContentKey = ContentKey[..8], PatientValue = PatientValue is { Length: 11 } id ? id[..6] + "•••••" : PatientValue is null ? null : "•••" };

    public override string ToString() => $"journal entry {Sequence} for message {MessageHeaderId}";
}

/// <summary>A line of the journal file: an answer that was given, and the entry it confirms when it made one.</summary>
internal sealed record JournalLine(string MessageHeaderId, string BundleId, string Answer, JournalEntry? Entry);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(JournalEntry[]))]
[JsonSerializable(typeof(EpjCount))]
[JsonSerializable(typeof(EpjCounters))]
internal sealed partial class JournalJson : JsonSerializerContext;
