using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.FhirPath;

internal sealed class LiteralNode(object? value) : PathNode
{
    private readonly List<object> _value = value is null ? Empty : [value];

    public object? Value { get; } = value;

    public override List<object> Evaluate(PathContext context, List<object> focus) => _value;
}

internal sealed class ThisNode : PathNode
{
    public override List<object> Evaluate(PathContext context, List<object> focus) => focus;
}

internal sealed class ConstantNode(string name) : PathNode
{
    private readonly string _name = name is "resource" or "rootResource" or "context" or "ucum" or "sct" or "loinc" || name.StartsWith("vs-", StringComparison.Ordinal) || name.StartsWith("ext-", StringComparison.Ordinal)
        ? name
        : throw new FhirPathException($"'%{name}' is not supported.");

    public override List<object> Evaluate(PathContext context, List<object> focus) => _name switch
    {
        "resource" => [context.Resource],
        "rootResource" => [context.RootResource],
        "context" => [context.Context],
        "ucum" => ["http://unitsofmeasure.org"],
        "sct" => ["http://snomed.info/sct"],
        "loinc" => ["http://loinc.org"],
        _ when _name.StartsWith("vs-", StringComparison.Ordinal) => ["http://hl7.org/fhir/ValueSet/" + _name[3..]],
        _ => ["http://hl7.org/fhir/StructureDefinition/" + _name[4..]],
    };
}

/// <summary>`name`: the children of that name; at the start of a path also the type of the focus itself.</summary>
internal sealed class ChildNode(PathNode? target, string name) : PathNode
{
    private readonly string _name = string.Intern(name);
    private readonly bool _mayBeType = target is null && char.IsAsciiLetterUpper(name[0]);

    public override List<object> Evaluate(PathContext context, List<object> focus)
    {
        var items = target?.Evaluate(context, focus) ?? focus;
        if (items.Count == 0) return Empty;
        List<object>? result = null;
        foreach (var item in items)
        {
            if (item is not FhirNode node) continue;
            if (_mayBeType && node.TypeRow.Is(_name))
            {
                (result ??= []).Add(node);
                continue;
            }

            switch (node.Find(_name))
            {
                case FhirNode child:
                    (result ??= []).Add(child);
                    break;
                case NodeList list:
                    (result ??= new List<object>(list.Items.Count)).AddRange(list.Items);
                    break;
            }
        }

        return result ?? Empty;
    }
}

internal sealed class IndexNode(PathNode target, PathNode index) : PathNode
{
    public override List<object> Evaluate(PathContext context, List<object> focus)
    {
        var items = target.Evaluate(context, focus);
        var at = index.Evaluate(context, focus);
        return at is [long i] && i >= 0 && i < items.Count ? [items[(int)i]] : Empty;
    }
}

/// <summary>`is`, `as` and `ofType`.</summary>
internal sealed class TypeNode(PathNode target, string typeName, string operation) : PathNode
{
    private readonly string _type = typeName.StartsWith("FHIR.", StringComparison.Ordinal) ? typeName[5..] : typeName;

    public override List<object> Evaluate(PathContext context, List<object> focus)
    {
        var items = target.Evaluate(context, focus);
        if (operation == "is") return items.Count == 0 ? Empty : Of(IsType(items[0]));
        return items.Count == 0 ? Empty : items.FindAll(IsType);
    }

    private bool IsType(object item)
    {
        // R4's own rules say 'is Boolean' of a FHIR boolean (que-7).
        if (item is PrimitiveType && _type is "Boolean" or "String" or "Integer" or "Decimal" or "Time") return item is PrimitiveType primitive && primitive.TypeRow.Is(char.ToLowerInvariant(_type[0]) + _type[1..]);
        if (item is FhirNode node) return node.TypeRow.Is(_type) || (node is OpaqueResource opaque && opaque.TypeName == _type);
        var system = item switch { bool => "Boolean", long => "Integer", decimal => "Decimal", PathTime { IsTime: true } => "Time", PathTime => "DateTime", PathQuantity => "Quantity", _ => "String" };
        return _type == system || _type == "System." + system;
    }
}

internal sealed class BinaryNode(string op, PathNode left, PathNode right) : PathNode
{
    public override List<object> Evaluate(PathContext context, List<object> focus)
    {
        switch (op)
        {
            case "and":
                var andLeft = Truth(left.Evaluate(context, focus), op);
                return andLeft is false ? False : Of(And(andLeft, Truth(right.Evaluate(context, focus), op)));
            case "or":
                var orLeft = Truth(left.Evaluate(context, focus), op);
                return orLeft is true ? True : Of(Or(orLeft, Truth(right.Evaluate(context, focus), op)));
            case "implies":
                var premise = Truth(left.Evaluate(context, focus), op);
                return premise is false ? True : Of(Or(!premise, Truth(right.Evaluate(context, focus), op)));
            case "xor":
                return Of(Truth(left.Evaluate(context, focus), op) ^ Truth(right.Evaluate(context, focus), op));
        }

        var a = left.Evaluate(context, focus);
        var b = right.Evaluate(context, focus);
        return op switch
        {
            "|" => PathFunctions.Distinct([.. a, .. b]),
            "=" => Of(PathValue.AreEqual(a, b)),
            "!=" => Of(!PathValue.AreEqual(a, b)),
            "~" => Of(PathArithmetic.Equivalent(a, b)),
            "!~" => Of(!PathArithmetic.Equivalent(a, b)),
            "in" => a.Count == 0 ? Empty : Of(PathValue.Contains(b, One(a))),
            "contains" => b.Count == 0 ? Empty : Of(PathValue.Contains(a, One(b))),
            "<" or "<=" or ">" or ">=" => a.Count == 0 || b.Count == 0 ? Empty : Of(Ordered(One(a), One(b))),
            "&" => [Text(a) + Text(b)],
            _ => a.Count == 0 || b.Count == 0 ? Empty : PathArithmetic.Calculate(op, One(a), One(b)),
        };
    }

    private bool? Ordered(object a, object b) => PathValue.Compare(a, b) is not { } order ? null : op switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private object One(List<object> items) => items.Count == 1 ? items[0] : throw new FhirPathException($"'{op}' needs one item but got {items.Count}.");

    private string Text(List<object> items) => items.Count == 0 ? "" : PathValue.ToText(One(items)) ?? throw new FhirPathException("'&' needs texts.");

    private static bool? And(bool? a, bool? b) => a is false || b is false ? false : a is null || b is null ? null : true;

    private static bool? Or(bool? a, bool? b) => a is true || b is true ? true : a is null || b is null ? null : false;
}
