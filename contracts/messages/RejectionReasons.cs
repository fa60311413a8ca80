namespace Vkp.Messages;

/// <summary>Why a journal system does not journal a document. The codes are permanent.</summary>
public static class RejectionReasons
{
    /// <summary>The journal system does not know the patient.</summary>
    public const string PatientUnknown = "patient-unknown";

    /// <summary>The patient is not, or no longer, the municipality's.</summary>
    public const string PatientNotOurs = "patient-not-ours";

    /// <summary>The patient has no active service that the document can be journaled under.</summary>
    public const string ServiceMissing = "service-missing";

    /// <summary>The same content is in the journal already, under another id.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The content cannot be used.</summary>
    public const string ContentInvalid = "content-invalid";

    /// <summary>It does not belong in a journal.</summary>
    public const string NotForJournal = "not-for-journal";

    /// <summary>None of the others.</summary>
    public const string Other = "other";
}
