using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Fhir;

/// <summary>How bad a finding is; the words of OperationOutcome.</summary>
public enum FhirSeverity
{
    Information,
    Warning,
    Error,
    Fatal,
}

/// <summary>Whether the sender's text still stands as it was, or lenient reading put its form right.</summary>
public enum FhirIssueKind
{
    Error,
    Repair,
}

/// <summary>One finding about a message, the same value in a command line, a log and an OperationOutcome. Holds no values of the message that could be personal data.</summary>
/// <param name="Code">Permanent, `VKP-2nn`: see <see cref="FhirIssueCodes"/>.</param>
/// <param name="Location">FHIRPath-like: `Bundle.entry[1].resource.code`.</param>
/// <param name="Rule">The rule that was broken where one has a name: an invariant's key, a profile's canonical, a value set.</param>
public sealed record FhirIssue(string Code, FhirSeverity Severity, FhirIssueKind Kind, string Location, string Message, string Hint, string? Rule = null)
{
    public override string ToString() => $"{Code} {Severity} {Location}: {Message} Hint: {Hint}";
}

/// <summary>The permanent codes of the FHIR room, 201 to 259.</summary>
public static class FhirIssueCodes
{
    public const string NotJson = "VKP-201";
    public const string LimitExceeded = "VKP-202";
    public const string NotUtf8 = "VKP-203";
    public const string DuplicateProperty = "VKP-204";
    public const string ResourceType = "VKP-205";
    public const string UnknownElement = "VKP-206";
    public const string WrongShape = "VKP-207";
    public const string WrongFormat = "VKP-208";
    public const string EmptyValue = "VKP-209";
    public const string ChoiceTwice = "VKP-210";
    public const string SingleForArray = "VKP-211";
    public const string ArrayForSingle = "VKP-212";
    public const string WrongLiteral = "VKP-214";
    public const string StrayBlanks = "VKP-215";
    public const string MisspeltCanonical = "VKP-216";
    public const string Missing = "VKP-220";
    public const string TooMany = "VKP-221";
    public const string WrongType = "VKP-222";
    public const string NotFixed = "VKP-223";
    public const string NotPattern = "VKP-224";
    public const string NotInValueSet = "VKP-225";
    public const string OutsideExtensible = "VKP-226";
    public const string NotChecked = "VKP-227";
    public const string SliceClosed = "VKP-228";
    public const string ReferenceTarget = "VKP-229";
    public const string Invariant = "VKP-230";
    public const string UnknownProfile = "VKP-231";
    public const string BundleRule = "VKP-232";
    public const string UnresolvedReference = "VKP-233";
    public const string TextAgainstCode = "VKP-234";
    public const string SystemNotUri = "VKP-236";

    /// <summary>What OperationOutcome.issue.code says for a permanent code.</summary>
    public static OperationOutcome.IssueType IssueTypeOf(string code) => code switch
    {
        NotJson or NotUtf8 or DuplicateProperty or ResourceType or UnknownElement or WrongShape or EmptyValue or ChoiceTwice or SingleForArray or ArrayForSingle
            => OperationOutcome.IssueType.Structure,
        LimitExceeded => OperationOutcome.IssueType.TooLong,
        WrongFormat or WrongLiteral or StrayBlanks or MisspeltCanonical or SystemNotUri or WrongType or NotFixed or NotPattern or ReferenceTarget => OperationOutcome.IssueType.Value,
        Missing => OperationOutcome.IssueType.Required,
        NotInValueSet or OutsideExtensible or TextAgainstCode => OperationOutcome.IssueType.CodeInvalid,
        NotChecked or UnknownProfile => OperationOutcome.IssueType.NotSupported,
        UnresolvedReference => OperationOutcome.IssueType.NotFound,
        Invariant or BundleRule => OperationOutcome.IssueType.Invariant,
        _ => OperationOutcome.IssueType.BusinessRule,
    };
}

/// <summary>Findings as FHIR says them.</summary>
public static class OperationOutcomes
{
    /// <summary>One issue per finding, in order. A message without findings gets one informational issue, since an outcome must have one.</summary>
    public static OperationOutcome Of(IEnumerable<FhirIssue> issues)
    {
        var outcome = new OperationOutcome();
        foreach (var issue in issues) outcome.Issue.Add(Issue(issue));
        if (outcome.Issue.Count > 0) return outcome;
        outcome.Issue.Add(new OperationOutcome.IssueComponent
        {
            Severity = OperationOutcome.IssueSeverity.Information,
            Code = OperationOutcome.IssueType.Informational,
            Details = new CodeableConcept { Text = "Ingen feil funnet. No faults found." },
        });
        return outcome;
    }

    /// <summary>An outcome of one issue, for errors that are not about one place in a message.</summary>
    public static OperationOutcome Of(OperationOutcome.IssueSeverity severity, OperationOutcome.IssueType type, string system, string code, string text, string? diagnostics = null) => new()
    {
        Issue =
        {
            new OperationOutcome.IssueComponent { Severity = severity, Code = type, Details = new CodeableConcept(system, code, null, text), Diagnostics = diagnostics },
        },
    };

    private static OperationOutcome.IssueComponent Issue(FhirIssue issue)
    {
        var component = new OperationOutcome.IssueComponent
        {
            Severity = issue.Severity switch
            {
                FhirSeverity.Fatal => OperationOutcome.IssueSeverity.Fatal,
                FhirSeverity.Error => OperationOutcome.IssueSeverity.Error,
                FhirSeverity.Warning => OperationOutcome.IssueSeverity.Warning,
                _ => OperationOutcome.IssueSeverity.Information,
            },
            Code = FhirIssueCodes.IssueTypeOf(issue.Code),
            Details = new CodeableConcept(Systems.HubError, issue.Code, FhirIssueTitles.Of(issue.Code), issue.Message),
            Diagnostics = issue.Rule is null ? issue.Hint : $"{issue.Hint} [{issue.Rule}]",
        };
        component.Expression.Add(issue.Location);
        return component;
    }
}
