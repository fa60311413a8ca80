using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>A name for what a submission reports; VKP R4 has none of its own. Permanent: policies name these.</summary>
internal static class EventKinds
{
    /// <summary>What the face of one resource type, or the three of its successor, can bring.</summary>
    public static readonly IReadOnlyList<string> OfDocuments = ["document.alert", "document.encounter", "document.note", "medicationDispense"];

    public static readonly IReadOnlyList<string> All = [.. OfDocuments, "encounter", "communication"];

    public static string Of(Submission submission) => submission.Main switch
    {
        Composition when submission.Of<DetectedIssue>().Any() => "document.alert",
        Composition when submission.Of<Encounter>().Any() => "document.encounter",
        Composition => "document.note",
        DetectedIssue => "alert",
        MedicationDispense => "medicationDispense",
        Encounter => "encounter",
        Communication => "communication",
        _ => "other",
    };
}

/// <summary>How urgent a submission is: what is documented has been handled, so nothing here is a call for help.</summary>
internal static class Lanes
{
    public static Lane Of(Submission submission) => submission.Main is Composition or DetectedIssue ? Lane.Clinical : Lane.Routine;
}
