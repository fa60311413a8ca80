namespace Vkp.Fhir.Model;

public partial class Coding
{
    public Coding()
    {
    }

    public Coding(string? system, string? code, string? display = null) => (System, Code, Display) = (system, code, display);
}

public partial class CodeableConcept
{
    public CodeableConcept()
    {
    }

    public CodeableConcept(string? system, string? code, string? display = null, string? text = null)
        : this(new Coding(system, code, display)) => Text = text;

    public CodeableConcept(Coding coding) => Coding.Add(coding);

    /// <summary>The code of the first coding in that system, or null.</summary>
    public string? CodeIn(string system) => Coding.FirstOrDefault(x => x.System == system)?.Code;
}

public partial class Identifier
{
    public Identifier()
    {
    }

    public Identifier(string? system, string? value) => (System, Value) = (system, value);
}

public partial class ResourceReference
{
    public ResourceReference()
    {
    }

    public ResourceReference(string? reference, string? display = null) => (Reference, Display) = (reference, display);

    /// <summary>A logical reference: who or what is meant, without where it can be fetched.</summary>
    public ResourceReference(Identifier identifier, string? display = null) => (Identifier, Display) = (identifier, display);
}

public partial class Quantity
{
    public Quantity()
    {
    }

    /// <summary>A UCUM quantity: the unit is both code and text.</summary>
    public Quantity(decimal? value, string unit)
        : this(value, unit, "http://unitsofmeasure.org")
    {
    }

    public Quantity(decimal? value, string unit, string system) => (Value, Unit, System, Code) = (value, unit, system, unit);
}

public partial class Extension
{
    public Extension()
    {
    }

    public Extension(string url, DataType? value) => (Url, Value) = (url, value);
}

public partial class Period
{
    public Period()
    {
    }

    public Period(FhirDateTime? start, FhirDateTime? end) => (StartElement, EndElement) = (start, end);
}

public partial class HumanName
{
    /// <summary>Given names and family name as one reads them, or the text when there are no parts.</summary>
    public override string ToString() => Text ?? string.Join(' ', Given.Append(Family).Where(static x => !string.IsNullOrEmpty(x)));
}

public partial class Element
{
    /// <summary>The first extension with that url, or null.</summary>
    public Extension? GetExtension(string url) => Extension.FirstOrDefault(x => x.Url == url);

    /// <summary>Adds an extension; an earlier one with the same url stays.</summary>
    public void AddExtension(string url, DataType value) => Extension.Add(new Extension(url, value));
}

public partial class Bundle
{
    public partial class EntryComponent
    {
        public EntryComponent()
        {
        }

        public EntryComponent(string? fullUrl, Resource resource) => (FullUrl, Resource) = (fullUrl, resource);
    }

    /// <summary>The resources of that type, in order.</summary>
    public IEnumerable<T> ResourcesOf<T>()
        where T : Resource => Entry.Select(static x => x.Resource).OfType<T>();
}
