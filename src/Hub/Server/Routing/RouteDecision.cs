using Vkp.Adapters;

namespace Vkp.Hub.Routing;

/// <summary>What becomes of an accepted message, and of earlier ones because of it.</summary>
/// <param name="Settled">Messages that need no entry of their own, now.</param>
/// <param name="Document">One document to each destination; null when there is none, or not yet.</param>
/// <param name="Entries">The patient's cases as they are after it: entries new or changed.</param>
public sealed record RouteDecision(IReadOnlyList<Settling> Settled, DocumentPlan? Document, IReadOnlyList<CaseEntry> Entries)
{
    public static RouteDecision Settle(RoutedMessage message, string reason, Guid? inDocumentOf = null, params IReadOnlyList<CaseEntry> entries) =>
        new([Settling.Of(message, reason, inDocumentOf)], null, entries);

    /// <summary>Waits for the closing of its case.</summary>
    public static RouteDecision Await(params IReadOnlyList<CaseEntry> entries) => new([], null, entries);

    public static RouteDecision Deliver(DocumentPlan document, params IReadOnlyList<CaseEntry> entries) => new([], document, entries);
}

/// <param name="InDocumentOf">The message whose document says what there is to say.</param>
public sealed record Settling(Guid MessageId, string Kind, Lane Lane, string Reason, Guid? InDocumentOf)
{
    public static Settling Of(RoutedMessage message, string reason, Guid? inDocumentOf = null) => new(message.Id, message.Kind, message.Lane, reason, inDocumentOf);

    public static Settling Of(CaseEntry entry, string reason, Guid? inDocumentOf = null) => new(entry.MessageId, entry.Kind, entry.Lane, reason, inDocumentOf);
}

/// <summary>One journal document, by places in the municipality's log.</summary>
/// <param name="Content">The messages whose content it carries, the message itself first, the others as they happened.</param>
/// <param name="Context">Messages that are in the journal already and that it corrects or adds to.</param>
/// <param name="Settles">Messages that are settled when it is in the journal, each with its reason.</param>
/// <param name="InSummary">Not a document of its own, but a part of the day's note.</param>
public sealed record DocumentPlan(IReadOnlyList<long> Content, IReadOnlyList<long> Context, IReadOnlyList<SettledPart> Settles, bool InSummary = false)
{
    public static DocumentPlan Of(RoutedMessage message, bool inSummary = false) => new([message.Position], [], [], inSummary);
}

/// <summary>A message that is settled with a document.</summary>
public sealed record SettledPart(long Position, string Reason);

/// <summary>The permanent reasons a message is settled with.</summary>
public static class SettleReasons
{
    /// <summary>The municipality wants no note about it.</summary>
    public const string Policy = "policy";

    /// <summary>In the one document of its case.</summary>
    public const string FoldedIntoCase = "folded-into-case";

    /// <summary>The same call for help again; in the document of the first.</summary>
    public const string RepeatedPress = "repeated-press";

    /// <summary>A later word about the same thing took its place.</summary>
    public const string Superseded = "superseded";

    /// <summary>The device is well again and nobody was touched.</summary>
    public const string Recovered = "recovered";

    /// <summary>A device closed by itself what had been settled before.</summary>
    public const string CaseSettled = "case-settled";

    /// <summary>It corrects something that is in no journal.</summary>
    public const string NothingToCorrect = "nothing-to-correct";

    /// <summary>In the note of its day.</summary>
    public const string InDailySummary = "in-daily-summary";
}
