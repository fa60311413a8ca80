using System.Reflection;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Codes;

/// <summary>A code with its system and its display in that system. Becomes a Coding or a CodeableConcept where one is wanted.</summary>
public sealed record FhirCode(string System, string Code, string Display)
{
    public static implicit operator Coding(FhirCode code) => code.ToCoding();

    public static implicit operator CodeableConcept(FhirCode code) => code.ToCodeableConcept();

    public Coding ToCoding() => new(System, Code, Display);

    /// <param name="text">What the sender called it, when that says more than the display.</param>
    public CodeableConcept ToCodeableConcept(string? text = null) => new(System, Code, Display, text);

    /// <summary>The code with that value among the constants of a list such as <see cref="AlertCodes"/>.</summary>
    internal static IReadOnlyList<FhirCode> ReadConstants(Type list) =>
        [.. list.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.FieldType == typeof(FhirCode)).Select(static f => (FhirCode)f.GetValue(null)!)];
}
