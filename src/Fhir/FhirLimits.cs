namespace Vkp.Fhir;

/// <summary>How large a message may be before reading stops. Each limit turns a hostile input into one error instead of a busy processor.</summary>
public sealed record FhirLimits
{
    /// <summary>The limits of the faces: 1 MiB is what the national services take.</summary>
    public static readonly FhirLimits Default = new();

    /// <summary>For files of one's own: definitions and large examples.</summary>
    public static readonly FhirLimits Files = new() { BytesMax = 256 * 1024 * 1024, ArrayItemsMax = 1_000_000, StringCharactersMax = 64 * 1024 * 1024 };

    public int BytesMax { get; init; } = 1024 * 1024;

    /// <summary>Nested objects and arrays. The deepest official example has 24 levels.</summary>
    public int DepthMax { get; init; } = 64;

    public int ArrayItemsMax { get; init; } = 10_000;

    /// <summary>Unknown properties in one object; R4's largest type has fewer than 100 known ones.</summary>
    public int UnknownPropertiesMax { get; init; } = 100;

    /// <summary>Digits, sign, point and exponent: FHIR asks for 18 digits of precision at least.</summary>
    public int NumberCharactersMax { get; init; } = 64;

    public int StringCharactersMax { get; init; } = 1024 * 1024;

    /// <summary>Reading ends after this many findings: no developer reads more.</summary>
    public int IssuesMax { get; init; } = 200;
}
