using Vkp.Fhir.Model;

namespace Vkp.Fhir.FhirPath;

/// <summary>The expression cannot be read, or uses what this engine does not do. A rule that cannot be checked must never count as passed.</summary>
public sealed class FhirPathException(string message) : Exception(message);

/// <summary>
/// A compiled FHIRPath expression (http://hl7.org/fhirpath/N1), the part that R4's invariants and search parameters use.
/// Safe for concurrent use. Functions it does not have are refused when compiling.
/// </summary>
public sealed class FhirPathExpression
{
    private readonly PathNode _root;

    private FhirPathExpression(string text, PathNode root) => (Text, _root) = (text, root);

    public string Text { get; }

    /// <summary>Throws <see cref="FhirPathException"/> on a syntax error or an unsupported function.</summary>
    public static FhirPathExpression Compile(string text) => new(text, new PathParser(text).Parse());

    /// <summary>Nodes and plain values (string, bool, long, decimal, PathTime) in order.</summary>
    /// <param name="resource">`%resource`; by default the node itself.</param>
    /// <param name="rootResource">`%rootResource`: the container when the resource is contained.</param>
    public IReadOnlyList<object> Evaluate(FhirNode node, FhirNode? resource = null, FhirNode? rootResource = null, Func<string, FhirNode?>? resolve = null) =>
        _root.Evaluate(new PathContext(node, resource ?? node, rootResource ?? resource ?? node, resolve), [node]);

    /// <summary>As an invariant is read: true, or empty; anything else is false.</summary>
    public bool IsSatisfied(FhirNode node, FhirNode? resource = null, FhirNode? rootResource = null)
    {
        var result = Evaluate(node, resource, rootResource);
        return result.Count == 0 || (result.Count == 1 && PathValue.Of(result[0]) is not false);
    }
}

/// <summary>What stays the same while an expression is evaluated.</summary>
internal sealed record PathContext(FhirNode Context, FhirNode Resource, FhirNode RootResource, Func<string, FhirNode?>? Resolve);

/// <summary>One part of a compiled expression.</summary>
internal abstract class PathNode
{
    public static readonly List<object> Empty = [];
    public static readonly List<object> True = [true];
    public static readonly List<object> False = [false];

    /// <summary>The result must not be changed: it may be shared.</summary>
    public abstract List<object> Evaluate(PathContext context, List<object> focus);

    public static List<object> Of(bool value) => value ? True : False;

    public static List<object> Of(bool? value) => value is { } v ? Of(v) : Empty;

    /// <summary>The criteria rule: one boolean, or one value of any kind, which counts as true; null when empty.</summary>
    protected static bool? Truth(List<object> values, string where) => values.Count switch
    {
        0 => null,
        1 => PathValue.Of(values[0]) is not bool b || b,
        _ => throw new FhirPathException($"{where} needs one boolean but got {values.Count} items."),
    };
}
