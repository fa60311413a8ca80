using System.Text;

namespace Vkp.ModelGenerator;

/// <summary>From the official definitions to the files of the model: a pure function of the package.</summary>
public static class Generation
{
    /// <summary>The resources the hub knows. Data types are all generated.</summary>
    public static readonly string[] Resources =
    [
        "AllergyIntolerance", "Appointment", "AuditEvent", "Basic", "Binary", "Bundle", "CapabilityStatement", "CarePlan", "CodeSystem",
        "Communication", "CommunicationRequest", "Composition", "Condition", "Consent", "DetectedIssue", "Device", "DeviceMetric",
        "DocumentReference", "Encounter", "EpisodeOfCare", "Flag", "Location", "Media", "Medication", "MedicationDispense",
        "MedicationStatement", "MessageHeader", "NamingSystem", "Observation", "OperationDefinition", "OperationOutcome", "Organization",
        "Parameters", "Patient", "Practitioner", "PractitionerRole", "Provenance", "Questionnaire", "QuestionnaireResponse", "RelatedPerson",
        "SearchParameter", "ServiceRequest", "StructureDefinition", "Subscription", "Task", "ValueSet",
    ];

    /// <summary>File names (relative to src/Fhir) and their texts.</summary>
    public static SortedDictionary<string, string> Run(string packageFolder)
    {
        var package = new R4Package(packageFolder);
        var types = package.DataTypes().Concat(["Resource", "DomainResource"]).Concat(Resources).Select(x => TypeShape.Read(package, x)).ToList();

        // A parent stands before its children: the table is read in one pass.
        types = [.. types.OrderBy(t => Depth(types, t)).ThenBy(static t => t.Name, StringComparer.Ordinal)];
        var names = NamePlan.Make(package, types);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            if (ClassWriter.Write(type, names) is { } text) files[$"Model/{Naming.Class(type.Name)}.g.cs"] = text;
        }

        files["Model/Enums.g.cs"] = ClassWriter.SharedEnums(names);
        files["Model/Primitives.g.cs"] = ClassWriter.Primitives(types);
        files["Definitions/NodeFactory.g.cs"] = ClassWriter.Factory(types);
        files["Definitions/types.g.txt"] = TableWriter.Types(types);
        files["Definitions/valuesets.g.txt"] = TableWriter.ValueSets(package, types);
        foreach (var (path, text) in VitalSigns.Files(package)) files[path] = text;
        files["Definitions/resources.g.txt"] = string.Join('\n', package.ResourceNames()) + "\n";
        return files;
    }

    private static int Depth(List<TypeShape> types, TypeShape type) =>
        types.Find(x => x.Name == type.Parent) is { } parent ? Depth(types, parent) + 1 : 0;
}

/// <summary>The words of the file header, and small text tools.</summary>
internal static class Text
{
    public const string Header = "// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.\n#nullable enable\n";

    public static string OneLine(string? text) => string.Join(' ', (text ?? "").Split((char[])['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    public static StringBuilder Line(this StringBuilder sb, string text) => sb.Append(text).Append('\n');
}
