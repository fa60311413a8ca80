// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Information about the success/failure of an action.</summary>
public partial class OperationOutcome : DomainResource
{
    public override string TypeName => "OperationOutcome";

    public IList<IssueComponent> Issue { get => List<IssueComponent>("issue"); set => SetList("issue", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/issue-severity</summary>
    public enum IssueSeverity
    {
        [EnumLiteral("fatal")] Fatal,
        [EnumLiteral("error")] Error,
        [EnumLiteral("warning")] Warning,
        [EnumLiteral("information")] Information,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/issue-type</summary>
    public enum IssueType
    {
        [EnumLiteral("invalid")] Invalid,
        [EnumLiteral("structure")] Structure,
        [EnumLiteral("required")] Required,
        [EnumLiteral("value")] Value,
        [EnumLiteral("invariant")] Invariant,
        [EnumLiteral("security")] Security,
        [EnumLiteral("login")] Login,
        [EnumLiteral("unknown")] Unknown,
        [EnumLiteral("expired")] Expired,
        [EnumLiteral("forbidden")] Forbidden,
        [EnumLiteral("suppressed")] Suppressed,
        [EnumLiteral("processing")] Processing,
        [EnumLiteral("not-supported")] NotSupported,
        [EnumLiteral("duplicate")] Duplicate,
        [EnumLiteral("multiple-matches")] MultipleMatches,
        [EnumLiteral("not-found")] NotFound,
        [EnumLiteral("deleted")] Deleted,
        [EnumLiteral("too-long")] TooLong,
        [EnumLiteral("code-invalid")] CodeInvalid,
        [EnumLiteral("extension")] Extension,
        [EnumLiteral("too-costly")] TooCostly,
        [EnumLiteral("business-rule")] BusinessRule,
        [EnumLiteral("conflict")] Conflict,
        [EnumLiteral("transient")] Transient,
        [EnumLiteral("lock-error")] LockError,
        [EnumLiteral("no-store")] NoStore,
        [EnumLiteral("exception")] Exception,
        [EnumLiteral("timeout")] Timeout,
        [EnumLiteral("incomplete")] Incomplete,
        [EnumLiteral("throttled")] Throttled,
        [EnumLiteral("informational")] Informational,
    }

    /// <summary>A single issue associated with the action.</summary>
    public partial class IssueComponent : BackboneElement
    {
        public override string TypeName => "OperationOutcome.issue";

        public Code? SeverityElement { get => Get<Code>("severity"); set => Set("severity", value); }

        public IssueSeverity? Severity { get => EnumLiterals.Parse<IssueSeverity>(GetText("severity")); set => SetText<Code>("severity", EnumLiterals.Format(value)); }

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public IssueType? Code { get => EnumLiterals.Parse<IssueType>(GetText("code")); set => SetText<Code>("code", EnumLiterals.Format(value)); }

        public CodeableConcept? Details { get => Get<CodeableConcept>("details"); set => Set("details", value); }

        public FhirString? DiagnosticsElement { get => Get<FhirString>("diagnostics"); set => Set("diagnostics", value); }

        public string? Diagnostics { get => GetText("diagnostics"); set => SetText<FhirString>("diagnostics", value); }

        public IList<FhirString> LocationElement { get => List<FhirString>("location"); set => SetList("location", value); }

        public IList<string?> Location { get => Texts<FhirString>("location"); set => SetTexts<FhirString>("location", value); }

        public IList<FhirString> ExpressionElement { get => List<FhirString>("expression"); set => SetList("expression", value); }

        public IList<string?> Expression { get => Texts<FhirString>("expression"); set => SetTexts<FhirString>("expression", value); }
    }
}

