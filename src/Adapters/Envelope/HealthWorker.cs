using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Envelope;

/// <summary>A health worker, by name and, when the vendor knows it, by number in the register of health personnel.</summary>
internal sealed record HealthWorker(string Name, string? HprNumber)
{
    public static HealthWorker Read(JsonFields person)
    {
        var number = person.TextOrNull("hprNo", charactersMax: 32);
        if (number is { Length: > 0 } && !Identity.IsHprNumber(number))
            person.Findings.Fault(TranslationErrors.TextForm(person.At("hprNo"), "a number of up to nine digits"));
        return new HealthWorker(person.Text("name", charactersMax: 120), number);
    }

    public static HealthWorker? ReadOrNull(JsonFields parent, string name) => parent.ObjectOrNull(name) is { } person ? Read(person) : null;
}
