// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Contains a collection of resources.</summary>
public partial class Bundle : Resource
{
    public override string TypeName => "Bundle";

    public Identifier? Identifier { get => Get<Identifier>("identifier"); set => Set("identifier", value); }

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public BundleType? Type { get => EnumLiterals.Parse<BundleType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

    public Instant? TimestampElement { get => Get<Instant>("timestamp"); set => Set("timestamp", value); }

    public DateTimeOffset? Timestamp { get => Get<Instant>("timestamp")?.Value; set => SetText<Instant>("timestamp", new Instant(value).Text); }

    public UnsignedInt? TotalElement { get => Get<UnsignedInt>("total"); set => Set("total", value); }

    public int? Total { get => Get<UnsignedInt>("total")?.Value; set => SetText<UnsignedInt>("total", new UnsignedInt(value).Text); }

    public IList<LinkComponent> Link { get => List<LinkComponent>("link"); set => SetList("link", value); }

    public IList<EntryComponent> Entry { get => List<EntryComponent>("entry"); set => SetList("entry", value); }

    public Signature? Signature { get => Get<Signature>("signature"); set => Set("signature", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/bundle-type</summary>
    public enum BundleType
    {
        [EnumLiteral("document")] Document,
        [EnumLiteral("message")] Message,
        [EnumLiteral("transaction")] Transaction,
        [EnumLiteral("transaction-response")] TransactionResponse,
        [EnumLiteral("batch")] Batch,
        [EnumLiteral("batch-response")] BatchResponse,
        [EnumLiteral("history")] History,
        [EnumLiteral("searchset")] Searchset,
        [EnumLiteral("collection")] Collection,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/http-verb</summary>
    public enum HTTPVerb
    {
        [EnumLiteral("GET")] GET,
        [EnumLiteral("HEAD")] HEAD,
        [EnumLiteral("POST")] POST,
        [EnumLiteral("PUT")] PUT,
        [EnumLiteral("DELETE")] DELETE,
        [EnumLiteral("PATCH")] PATCH,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/search-entry-mode</summary>
    public enum SearchEntryMode
    {
        [EnumLiteral("match")] Match,
        [EnumLiteral("include")] Include,
        [EnumLiteral("outcome")] Outcome,
    }

    /// <summary>Links related to this Bundle.</summary>
    public partial class LinkComponent : BackboneElement
    {
        public override string TypeName => "Bundle.link";

        public FhirString? RelationElement { get => Get<FhirString>("relation"); set => Set("relation", value); }

        public string? Relation { get => GetText("relation"); set => SetText<FhirString>("relation", value); }

        public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

        public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }
    }

    /// <summary>Entry in the bundle - will have a resource or information.</summary>
    public partial class EntryComponent : BackboneElement
    {
        public override string TypeName => "Bundle.entry";

        public IList<LinkComponent> Link { get => List<LinkComponent>("link"); set => SetList("link", value); }

        public FhirUri? FullUrlElement { get => Get<FhirUri>("fullUrl"); set => Set("fullUrl", value); }

        public string? FullUrl { get => GetText("fullUrl"); set => SetText<FhirUri>("fullUrl", value); }

        public Resource? Resource { get => Get<Resource>("resource"); set => Set("resource", value); }

        public SearchComponent? Search { get => Get<SearchComponent>("search"); set => Set("search", value); }

        public RequestComponent? Request { get => Get<RequestComponent>("request"); set => Set("request", value); }

        public ResponseComponent? Response { get => Get<ResponseComponent>("response"); set => Set("response", value); }
    }

    /// <summary>Search related information.</summary>
    public partial class SearchComponent : BackboneElement
    {
        public override string TypeName => "Bundle.entry.search";

        public Code? ModeElement { get => Get<Code>("mode"); set => Set("mode", value); }

        public SearchEntryMode? Mode { get => EnumLiterals.Parse<SearchEntryMode>(GetText("mode")); set => SetText<Code>("mode", EnumLiterals.Format(value)); }

        public FhirDecimal? ScoreElement { get => Get<FhirDecimal>("score"); set => Set("score", value); }

        public decimal? Score { get => Get<FhirDecimal>("score")?.Value; set => SetText<FhirDecimal>("score", new FhirDecimal(value).Text); }
    }

    /// <summary>Additional execution information (transaction/batch/history).</summary>
    public partial class RequestComponent : BackboneElement
    {
        public override string TypeName => "Bundle.entry.request";

        public Code? MethodElement { get => Get<Code>("method"); set => Set("method", value); }

        public HTTPVerb? Method { get => EnumLiterals.Parse<HTTPVerb>(GetText("method")); set => SetText<Code>("method", EnumLiterals.Format(value)); }

        public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

        public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

        public FhirString? IfNoneMatchElement { get => Get<FhirString>("ifNoneMatch"); set => Set("ifNoneMatch", value); }

        public string? IfNoneMatch { get => GetText("ifNoneMatch"); set => SetText<FhirString>("ifNoneMatch", value); }

        public Instant? IfModifiedSinceElement { get => Get<Instant>("ifModifiedSince"); set => Set("ifModifiedSince", value); }

        public DateTimeOffset? IfModifiedSince { get => Get<Instant>("ifModifiedSince")?.Value; set => SetText<Instant>("ifModifiedSince", new Instant(value).Text); }

        public FhirString? IfMatchElement { get => Get<FhirString>("ifMatch"); set => Set("ifMatch", value); }

        public string? IfMatch { get => GetText("ifMatch"); set => SetText<FhirString>("ifMatch", value); }

        public FhirString? IfNoneExistElement { get => Get<FhirString>("ifNoneExist"); set => Set("ifNoneExist", value); }

        public string? IfNoneExist { get => GetText("ifNoneExist"); set => SetText<FhirString>("ifNoneExist", value); }
    }

    /// <summary>Results of execution (transaction/batch/history).</summary>
    public partial class ResponseComponent : BackboneElement
    {
        public override string TypeName => "Bundle.entry.response";

        public FhirString? StatusElement { get => Get<FhirString>("status"); set => Set("status", value); }

        public string? Status { get => GetText("status"); set => SetText<FhirString>("status", value); }

        public FhirUri? LocationElement { get => Get<FhirUri>("location"); set => Set("location", value); }

        public string? Location { get => GetText("location"); set => SetText<FhirUri>("location", value); }

        public FhirString? EtagElement { get => Get<FhirString>("etag"); set => Set("etag", value); }

        public string? Etag { get => GetText("etag"); set => SetText<FhirString>("etag", value); }

        public Instant? LastModifiedElement { get => Get<Instant>("lastModified"); set => Set("lastModified", value); }

        public DateTimeOffset? LastModified { get => Get<Instant>("lastModified")?.Value; set => SetText<Instant>("lastModified", new Instant(value).Text); }

        public Resource? Outcome { get => Get<Resource>("outcome"); set => Set("outcome", value); }
    }
}

