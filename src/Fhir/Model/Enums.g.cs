// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>http://hl7.org/fhir/ValueSet/administrative-gender</summary>
public enum AdministrativeGender
{
    [EnumLiteral("male")] Male,
    [EnumLiteral("female")] Female,
    [EnumLiteral("other")] Other,
    [EnumLiteral("unknown")] Unknown,
}

/// <summary>http://hl7.org/fhir/ValueSet/binding-strength</summary>
public enum BindingStrength
{
    [EnumLiteral("required")] Required,
    [EnumLiteral("extensible")] Extensible,
    [EnumLiteral("preferred")] Preferred,
    [EnumLiteral("example")] Example,
}

/// <summary>http://hl7.org/fhir/ValueSet/composition-status</summary>
public enum CompositionStatus
{
    [EnumLiteral("preliminary")] Preliminary,
    [EnumLiteral("final")] Final,
    [EnumLiteral("amended")] Amended,
    [EnumLiteral("entered-in-error")] EnteredInError,
}

/// <summary>http://hl7.org/fhir/ValueSet/document-relationship-type</summary>
public enum DocumentRelationshipType
{
    [EnumLiteral("replaces")] Replaces,
    [EnumLiteral("transforms")] Transforms,
    [EnumLiteral("signs")] Signs,
    [EnumLiteral("appends")] Appends,
}

/// <summary>http://hl7.org/fhir/ValueSet/event-status</summary>
public enum EventStatus
{
    [EnumLiteral("preparation")] Preparation,
    [EnumLiteral("in-progress")] InProgress,
    [EnumLiteral("not-done")] NotDone,
    [EnumLiteral("on-hold")] OnHold,
    [EnumLiteral("stopped")] Stopped,
    [EnumLiteral("completed")] Completed,
    [EnumLiteral("entered-in-error")] EnteredInError,
    [EnumLiteral("unknown")] Unknown,
}

/// <summary>http://hl7.org/fhir/ValueSet/observation-status</summary>
public enum ObservationStatus
{
    [EnumLiteral("registered")] Registered,
    [EnumLiteral("preliminary")] Preliminary,
    [EnumLiteral("final")] Final,
    [EnumLiteral("amended")] Amended,
    [EnumLiteral("corrected")] Corrected,
    [EnumLiteral("cancelled")] Cancelled,
    [EnumLiteral("entered-in-error")] EnteredInError,
    [EnumLiteral("unknown")] Unknown,
}

/// <summary>http://hl7.org/fhir/ValueSet/operation-parameter-use</summary>
public enum OperationParameterUse
{
    [EnumLiteral("in")] In,
    [EnumLiteral("out")] Out,
}

/// <summary>http://hl7.org/fhir/ValueSet/publication-status</summary>
public enum PublicationStatus
{
    [EnumLiteral("draft")] Draft,
    [EnumLiteral("active")] Active,
    [EnumLiteral("retired")] Retired,
    [EnumLiteral("unknown")] Unknown,
}

/// <summary>http://hl7.org/fhir/ValueSet/request-priority</summary>
public enum RequestPriority
{
    [EnumLiteral("routine")] Routine,
    [EnumLiteral("urgent")] Urgent,
    [EnumLiteral("asap")] Asap,
    [EnumLiteral("stat")] Stat,
}

/// <summary>http://hl7.org/fhir/ValueSet/request-status</summary>
public enum RequestStatus
{
    [EnumLiteral("draft")] Draft,
    [EnumLiteral("active")] Active,
    [EnumLiteral("on-hold")] OnHold,
    [EnumLiteral("revoked")] Revoked,
    [EnumLiteral("completed")] Completed,
    [EnumLiteral("entered-in-error")] EnteredInError,
    [EnumLiteral("unknown")] Unknown,
}

/// <summary>http://hl7.org/fhir/ValueSet/search-param-type</summary>
public enum SearchParamType
{
    [EnumLiteral("number")] Number,
    [EnumLiteral("date")] Date,
    [EnumLiteral("string")] String,
    [EnumLiteral("token")] Token,
    [EnumLiteral("reference")] Reference,
    [EnumLiteral("composite")] Composite,
    [EnumLiteral("quantity")] Quantity,
    [EnumLiteral("uri")] Uri,
    [EnumLiteral("special")] Special,
}

