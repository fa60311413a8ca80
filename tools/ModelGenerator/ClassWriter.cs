using System.Text;

namespace Vkp.ModelGenerator;

/// <summary>Writes the thin classes: every property is one line over the slots of FhirNode.</summary>
internal static class ClassWriter
{
    private static readonly string[] s_handWritten = ["Integer", "PositiveInt", "UnsignedInt", "FhirBoolean", "FhirDecimal", "Base64Binary", "FhirDateTime", "Instant"];

    /// <summary>Null for types whose class is hand-written or that live in the shared files.</summary>
    public static string? Write(TypeShape type, NamePlan names)
    {
        if (type.Kind == 'P') return null;
        var sb = new StringBuilder(Text.Header).Line("namespace Vkp.Fhir.Model;\n");
        WriteClass(sb, type, names, "", Naming.Class(type.Name));
        return sb.ToString();
    }

    public static string SharedEnums(NamePlan names)
    {
        var sb = new StringBuilder(Text.Header).Line("namespace Vkp.Fhir.Model;\n");
        foreach (var e in names.Enums.Where(static x => x.Owner is null).OrderBy(static x => x.Name, StringComparer.Ordinal)) WriteEnum(sb, e, "");
        return sb.ToString();
    }

    public static string Primitives(IEnumerable<TypeShape> types)
    {
        var sb = new StringBuilder(Text.Header).Line("namespace Vkp.Fhir.Model;\n");
        foreach (var type in types.Where(static x => x.Kind == 'P'))
        {
            var name = Naming.Class(type.Name);
            var parent = name switch
            {
                "PositiveInt" or "UnsignedInt" => "Integer",
                "Integer" or "FhirBoolean" or "FhirDecimal" or "Base64Binary" or "Instant" => "PrimitiveType",
                _ => "TextPrimitive",
            };
            sb.Line($"/// <summary>FHIR {type.Name}: {Text.Xml(type.Short)}.</summary>");
            sb.Line($"public {(name == "Integer" ? "" : "sealed ")}partial class {name} : {parent}").Line("{");
            sb.Line($"    public {name}()\n    {{\n    }}\n");
            if (!s_handWritten.Contains(name) || name == "FhirDateTime") sb.Line($"    public {name}(string? value) => Text = value;\n");
            sb.Line($"    public override string TypeName => \"{type.Name}\";").Line("}\n");
        }

        return sb.ToString();
    }

    /// <summary>By the place of the type in the table: a jump, not a comparison of names.</summary>
    public static string Factory(IEnumerable<TypeShape> types)
    {
        var sb = new StringBuilder(Text.Header).Line("namespace Vkp.Fhir.Definitions;\n").Line("/// <summary>From the place of a type in types.g.txt to a new node.</summary>");
        sb.Line("internal static class NodeFactory").Line("{").Line("    public static Model.FhirNode? Create(int index) => index switch").Line("    {");
        var index = 0;
        foreach (var type in types.SelectMany(static t => t.WithBackbones().Select(b => (Top: t, Type: b))))
        {
            if (!type.Type.IsAbstract) sb.Line($"        {index} => new Model.{FullClass(type.Top, type.Type)}(),");
            index++;
        }

        return sb.Line("        _ => null,").Line("    };").Line("}").ToString();
    }

    private static string FullClass(TypeShape top, TypeShape type) =>
        type.Kind == 'B' ? $"{Naming.Class(top.Name)}.{Naming.Backbone(type)}" : Naming.Class(type.Name);

    private static void WriteClass(StringBuilder sb, TypeShape type, NamePlan names, string indent, string top)
    {
        var name = type.Kind == 'B' ? Naming.Backbone(type) : Naming.Class(type.Name);
        var parent = type.Name switch
        {
            "Element" or "Resource" => "FhirNode",
            _ when type.Kind == 'D' && type.Parent == "Element" && name != "BackboneElement" => "DataType",
            _ when type.Kind == 'D' && type.Parent == "BackboneElement" => "BackboneType",
            _ => Naming.Class(type.Parent),
        };
        sb.Line($"{indent}/// <summary>{Text.Xml(type.Short)}.</summary>");
        sb.Line($"{indent}public {(type.IsAbstract ? "abstract " : "")}partial class {name} : {parent}").Line($"{indent}{{");
        var inner = indent + "    ";
        if (!type.IsAbstract) sb.Line($"{inner}public override string TypeName => \"{type.Name}\";\n");
        foreach (var element in type.Elements) WriteElement(sb, element, names, inner, top, name);
        if (type.Kind != 'B')
        {
            foreach (var e in names.Enums.Where(x => x.Owner == top).OrderBy(static x => x.Name, StringComparer.Ordinal)) WriteEnum(sb, e, inner);
            foreach (var backbone in type.Backbones.SelectMany(static x => x.WithBackbones())) WriteClass(sb, backbone, names, inner, top);
        }

        while (sb[^1] == '\n' && sb[^2] == '\n') sb.Length--;
        sb.Line($"{indent}}}\n");
    }

    private static void WriteElement(StringBuilder sb, ElementShape e, NamePlan names, string indent, string top, string className)
    {
        var property = Naming.Pascal(e.Name);
        if (property == className) property += "_";
        var fhirType = e.Types[0];
        var single = e.IsChoice ? "DataType" : fhirType.Contains('.') ? names.BackboneClasses[fhirType] : Naming.Class(fhirType);
        var primitive = !e.IsChoice && char.IsLower(fhirType[0]);
        if (!primitive)
        {
            sb.Line(e.IsList
                ? $"{indent}public IList<{single}> {property} {{ get => List<{single}>(\"{e.Name}\"); set => SetList(\"{e.Name}\", value); }}\n"
                : $"{indent}public {single}? {property} {{ get => Get<{single}>(\"{e.Name}\"); set => Set(\"{e.Name}\", value); }}\n");
            return;
        }

        if (e.IsList)
        {
            sb.Line($"{indent}public IList<{single}> {property}Element {{ get => List<{single}>(\"{e.Name}\"); set => SetList(\"{e.Name}\", value); }}\n");
            sb.Line($"{indent}public IList<string?> {property} {{ get => Texts<{single}>(\"{e.Name}\"); set => SetTexts<{single}>(\"{e.Name}\", value); }}\n");
            return;
        }

        sb.Line($"{indent}public {single}? {property}Element {{ get => Get<{single}>(\"{e.Name}\"); set => Set(\"{e.Name}\", value); }}\n");
        var native = fhirType switch
        {
            "boolean" => "bool?",
            "integer" or "positiveInt" or "unsignedInt" => "int?",
            "decimal" => "decimal?",
            "instant" => "DateTimeOffset?",
            "base64Binary" => "byte[]?",
            _ => null,
        };
        if (names.For(e) is { } enumShape)
        {
            var type = enumShape.Owner is null || enumShape.Owner == top ? enumShape.Name : enumShape.FullName;
            sb.Line($"{indent}public {type}? {property} {{ get => EnumLiterals.Parse<{type}>(GetText(\"{e.Name}\")); set => SetText<{single}>(\"{e.Name}\", EnumLiterals.Format(value)); }}\n");
        }
        else if (native is null)
        {
            sb.Line($"{indent}public string? {property} {{ get => GetText(\"{e.Name}\"); set => SetText<{single}>(\"{e.Name}\", value); }}\n");
        }
        else
        {
            sb.Line($"{indent}public {native} {property} {{ get => Get<{single}>(\"{e.Name}\")?.Value; set => SetText<{single}>(\"{e.Name}\", new {single}(value).Text); }}\n");
        }
    }

    private static void WriteEnum(StringBuilder sb, EnumShape e, string indent)
    {
        sb.Line($"{indent}/// <summary>{e.ValueSet}</summary>").Line($"{indent}public enum {e.Name}").Line($"{indent}{{");
        foreach (var (member, code) in e.Members) sb.Line($"{indent}    [EnumLiteral(\"{code}\")] {member},");
        sb.Line($"{indent}}}\n");
    }
}
