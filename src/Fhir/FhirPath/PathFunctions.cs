using System.Collections.Frozen;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.FhirPath;

/// <summary>A call of one of the functions below.</summary>
internal sealed class CallNode(PathNode target, PathFunction function, IReadOnlyList<PathNode> arguments) : PathNode
{
    public override List<object> Evaluate(PathContext context, List<object> focus) =>
        function(new PathCall(context, target.Evaluate(context, focus), focus, arguments));
}

internal delegate List<object> PathFunction(PathCall call);

/// <param name="Items">What the function is called on.</param>
/// <param name="Outer">The focus around the call: plain arguments are evaluated on it.</param>
internal readonly record struct PathCall(PathContext Context, List<object> Items, List<object> Outer, IReadOnlyList<PathNode> Arguments)
{
    public bool HasArgument => Arguments.Count > 0;

    /// <summary>An argument that is an expression over each item.</summary>
    public List<object> OnItem(object item, int argument = 0) => Arguments[argument].Evaluate(Context, [item]);

    public bool Holds(object item, int argument = 0) => OnItem(item, argument) is [var one] && PathValue.Of(one) is not false;

    public List<object> Argument(int argument = 0) => Arguments[argument].Evaluate(Context, Outer);

    public string? TextArgument(int argument = 0) => Argument(argument) is [var one] ? PathValue.ToText(one) : null;

    public long? NumberArgument(int argument = 0) => Argument(argument) is [var one] && PathValue.Of(one) is long n ? n : null;

    /// <summary>The one item as text; null when empty.</summary>
    public string? Text => Items.Count switch
    {
        0 => null,
        1 => PathValue.ToText(Items[0]),
        _ => throw new FhirPathException("A text function needs one item."),
    };
}

/// <summary>The functions by name.</summary>
internal static class PathFunctions
{
    private static readonly FrozenDictionary<string, (int Min, int Max, PathFunction Function)> s_all = new Dictionary<string, (int, int, PathFunction)>(StringComparer.Ordinal)
    {
        ["exists"] = (0, 1, static c => PathNode.Of(c.HasArgument ? c.Items.Exists(x => c.Holds(x)) : c.Items.Count > 0)),
        ["empty"] = (0, 0, static c => PathNode.Of(c.Items.Count == 0)),
        ["not"] = (0, 0, static c => c.Items.Count == 0 ? PathNode.Empty : PathNode.Of(PathValue.Of(c.Items[0]) is false)),
        ["all"] = (1, 1, static c => PathNode.Of(c.Items.TrueForAll(x => c.Holds(x)))),
        ["allTrue"] = (0, 0, static c => PathNode.Of(c.Items.TrueForAll(static x => PathValue.Of(x) is true))),
        ["anyTrue"] = (0, 0, static c => PathNode.Of(c.Items.Exists(static x => PathValue.Of(x) is true))),
        ["allFalse"] = (0, 0, static c => PathNode.Of(c.Items.TrueForAll(static x => PathValue.Of(x) is false))),
        ["anyFalse"] = (0, 0, static c => PathNode.Of(c.Items.Exists(static x => PathValue.Of(x) is false))),
        ["where"] = (1, 1, static c => c.Items.Count == 0 ? PathNode.Empty : c.Items.FindAll(x => c.Holds(x))),
        ["select"] = (1, 1, static c => c.Items.Count == 0 ? PathNode.Empty : [.. c.Items.SelectMany(x => c.OnItem(x))]),
        ["repeat"] = (1, 1, Repeat),
        ["count"] = (0, 0, static c => [(long)c.Items.Count]),
        ["distinct"] = (0, 0, static c => Distinct(c.Items)),
        ["isDistinct"] = (0, 0, static c => PathNode.Of(Distinct(c.Items).Count == c.Items.Count)),
        ["first"] = (0, 0, static c => c.Items.Count == 0 ? PathNode.Empty : [c.Items[0]]),
        ["last"] = (0, 0, static c => c.Items.Count == 0 ? PathNode.Empty : [c.Items[^1]]),
        ["tail"] = (0, 0, static c => c.Items.Count < 2 ? PathNode.Empty : c.Items[1..]),
        ["skip"] = (1, 1, static c => [.. c.Items.Skip((int)(c.NumberArgument() ?? 0))]),
        ["take"] = (1, 1, static c => [.. c.Items.Take((int)(c.NumberArgument() ?? 0))]),
        ["single"] = (0, 0, static c => c.Items.Count < 2 ? c.Items : throw new FhirPathException("single() on several items.")),
        ["union"] = (1, 1, static c => Distinct([.. c.Items, .. c.Argument()])),
        ["combine"] = (1, 1, static c => [.. c.Items, .. c.Argument()]),
        ["intersect"] = (1, 1, Intersect),
        ["exclude"] = (1, 1, static c => c.Argument() is var other && other.Count == 0 ? c.Items : c.Items.FindAll(x => !PathValue.Contains(other, x))),
        ["subsetOf"] = (1, 1, static c => c.Argument() is var other ? PathNode.Of(c.Items.TrueForAll(x => PathValue.Contains(other, x))) : PathNode.Empty),
        ["supersetOf"] = (1, 1, static c => c.Argument() is var other ? PathNode.Of(other.TrueForAll(x => PathValue.Contains(c.Items, x))) : PathNode.Empty),
        ["children"] = (0, 0, static c => [.. c.Items.OfType<FhirNode>().SelectMany(static x => x.Children()).Select(static x => x.Value)]),
        ["descendants"] = (0, 0, static c => Descendants(c.Items)),
        ["trace"] = (1, 2, static c => c.Items),
        ["iif"] = (2, 3, Iif),
        ["hasValue"] = (0, 0, static c => PathNode.Of(c.Items is [PrimitiveType { Text: not null }] or [not FhirNode])),
        ["getValue"] = (0, 0, static c => c.Items is [PrimitiveType { Text: not null }] ? [PathValue.Of(c.Items[0])] : PathNode.Empty),
        ["extension"] = (1, 1, static c => c.TextArgument() is { } url ? [.. c.Items.OfType<Element>().SelectMany(x => x.Extension).Where(x => x.Url == url)] : PathNode.Empty),
        ["hasExtension"] = (1, 1, static c => c.TextArgument() is { } url ? PathNode.Of(c.Items.OfType<Element>().Any(x => x.GetExtension(url) is not null)) : PathNode.Empty),
        ["resolve"] = (0, 0, Resolve),
        ["htmlChecks"] = (0, 0, static c => PathNode.Of(c.Items.TrueForAll(static x => PathValue.ToText(x) is { } html && Narratives.IsAllowed(html)))),
        ["matches"] = (1, 1, static c => PathTexts.Matches(c)),
        ["startsWith"] = (1, 1, static c => PathTexts.Test(c, static (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        ["endsWith"] = (1, 1, static c => PathTexts.Test(c, static (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        ["contains"] = (1, 1, static c => PathTexts.Test(c, static (text, part) => text.Contains(part, StringComparison.Ordinal))),
        ["indexOf"] = (1, 1, static c => c.Text is { } text && c.TextArgument() is { } part ? [(long)text.IndexOf(part, StringComparison.Ordinal)] : PathNode.Empty),
        ["substring"] = (1, 2, PathTexts.Substring),
        ["replace"] = (2, 2, static c => c.Text is { } text && c.TextArgument() is { Length: > 0 } from && c.TextArgument(1) is { } to ? [text.Replace(from, to, StringComparison.Ordinal)] : PathNode.Empty),
        ["replaceMatches"] = (2, 2, PathTexts.ReplaceMatches),
        ["length"] = (0, 0, static c => c.Text is { } text ? [(long)text.Length] : PathNode.Empty),
        ["upper"] = (0, 0, static c => c.Text is { } text ? [text.ToUpperInvariant()] : PathNode.Empty),
        ["lower"] = (0, 0, static c => c.Text is { } text ? [text.ToLowerInvariant()] : PathNode.Empty),
        ["toString"] = (0, 0, static c => c.Text is { } text ? [text] : PathNode.Empty),
        ["toInteger"] = (0, 0, static c => PathTexts.ToInteger(c)),
        ["toDecimal"] = (0, 0, static c => PathTexts.ToDecimal(c)),
        ["toBoolean"] = (0, 0, static c => c.Text?.ToLowerInvariant() switch { "true" or "t" or "yes" or "y" or "1" or "1.0" => PathNode.True, "false" or "f" or "no" or "n" or "0" or "0.0" => PathNode.False, _ => PathNode.Empty }),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PathNode Bind(PathNode target, string name, IReadOnlyList<PathNode> arguments)
    {
        if (!s_all.TryGetValue(name, out var function)) throw new FhirPathException($"The function '{name}' is not supported.");
        if (arguments.Count < function.Min || arguments.Count > function.Max) throw new FhirPathException($"'{name}' got {arguments.Count} arguments.");
        return new CallNode(target, function.Function, arguments);
    }

    public static List<object> Distinct(List<object> items)
    {
        if (items.Count < 2) return items;
        if (items.TrueForAll(static x => PathValue.Of(x) is string)) return [.. items.DistinctBy(static x => (string)PathValue.Of(x))];
        var result = new List<object>(items.Count);
        foreach (var item in items)
        {
            if (!PathValue.Contains(result, item)) result.Add(item);
        }

        return result;
    }

    private static List<object> Intersect(PathCall call)
    {
        var other = call.Argument();
        return other.Count == 0 ? PathNode.Empty : Distinct(call.Items.FindAll(x => PathValue.Contains(other, x)));
    }

    private static List<object> Iif(PathCall call)
    {
        var focus = call.Items;
        var condition = call.Arguments[0].Evaluate(call.Context, focus);
        if (condition is [var one] && PathValue.Of(one) is true) return call.Arguments[1].Evaluate(call.Context, focus);
        return call.Arguments.Count > 2 ? call.Arguments[2].Evaluate(call.Context, focus) : PathNode.Empty;
    }

    private static List<object> Repeat(PathCall call)
    {
        var result = new List<object>();
        var queue = new Queue<object>(call.Items);
        while (queue.TryDequeue(out var item))
        {
            foreach (var next in call.OnItem(item))
            {
                // By reference for nodes: a tree has no circles, and comparing whole subtrees would be quadratic.
                if (next is not FhirNode && PathValue.Contains(result, next)) continue;
                result.Add(next);
                queue.Enqueue(next);
            }
        }

        return result;
    }

    private static List<object> Descendants(List<object> items)
    {
        var result = new List<object>();
        foreach (var item in items.OfType<FhirNode>()) Add(item);
        return result;

        void Add(FhirNode node)
        {
            foreach (var (_, child) in node.Children())
            {
                result.Add(child);
                Add(child);
            }
        }
    }

    private static List<object> Resolve(PathCall call)
    {
        var result = new List<object>();
        foreach (var item in call.Items)
        {
            var reference = item is ResourceReference r ? r.Reference : PathValue.ToText(item);
            if (reference is not null && call.Context.Resolve?.Invoke(reference) is { } resource) result.Add(resource);
        }

        return result;
    }
}
