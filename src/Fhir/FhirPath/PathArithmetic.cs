namespace Vkp.Fhir.FhirPath;

internal static class PathArithmetic
{
    public static List<object> Calculate(string op, object left, object right)
    {
        var (a, b) = (PathValue.Of(left), PathValue.Of(right));
        if (op == "+" && a is string x && b is string y) return [x + y];
        if (a is not (long or decimal) || b is not (long or decimal)) throw new FhirPathException($"'{op}' needs numbers.");
        var (m, n) = (PathValue.ToDecimal(a), PathValue.ToDecimal(b));
        if (op is "/" or "div" or "mod" && n == 0) return PathNode.Empty;
        var result = op switch
        {
            "+" => m + n,
            "-" => m - n,
            "*" => m * n,
            "/" => m / n,
            "div" => Math.Truncate(m / n),
            "mod" => m % n,
            _ => throw new FhirPathException($"'{op}' is not supported."),
        };
        var whole = op != "/" && ((a is long && b is long) || op == "div");
        return whole ? [(long)result] : [result];
    }

    /// <summary>`~`: like `=` but order, case and blanks do not matter, and two empties are alike.</summary>
    public static bool? Equivalent(List<object> a, List<object> b)
    {
        if (a.Count != b.Count) return false;
        return a.TrueForAll(x => b.Exists(y => Alike(x, y)));
    }

    private static bool Alike(object a, object b)
    {
        if (PathValue.Of(a) is string x && PathValue.Of(b) is string y) return Normal(x) == Normal(y);
        return PathValue.AreEqual(a, b) is true;
    }

    private static string Normal(string text) => string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
