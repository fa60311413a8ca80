using System.Globalization;

namespace Vkp.Fhir.FhirPath;

/// <summary>Reads the FHIRPath grammar by precedence climbing.</summary>
internal sealed class PathParser(string text)
{
    private static readonly string[][] s_levels =
    [
        ["implies"], ["or", "xor"], ["and"], ["in", "contains"], ["=", "~", "!=", "!~"], ["<=", "<", ">", ">="], ["|"], ["is", "as"], ["+", "-", "&"], ["*", "/", "div", "mod"],
    ];

    private readonly List<PathToken> _tokens = PathLexer.Read(text);
    private int _at;

    private PathToken Current => _tokens[_at];

    public PathNode Parse()
    {
        var root = ParseLevel(0);
        return Current.Kind == PathTokenKind.End ? root : throw Unexpected();
    }

    private PathNode ParseLevel(int level)
    {
        if (level == s_levels.Length) return ParseUnary();
        var left = ParseLevel(level + 1);
        while (Current.Kind is PathTokenKind.Symbol or PathTokenKind.Word && s_levels[level].Contains(Current.Text))
        {
            var op = Next().Text;
            left = op is "is" or "as" ? new TypeNode(left, TypeSpecifier(), op) : new BinaryNode(op, left, ParseLevel(level + 1));
        }

        return left;
    }

    private PathNode ParseUnary()
    {
        if (Current.Kind != PathTokenKind.Symbol || Current.Text is not ("-" or "+")) return ParsePostfix();
        var sign = Next().Text;
        var operand = ParseUnary();
        return sign == "+" ? operand : new BinaryNode("-", new LiteralNode(0L), operand);
    }

    private PathNode ParsePostfix()
    {
        var node = ParseTerm();
        while (Current.Kind == PathTokenKind.Symbol)
        {
            if (Take("."))
            {
                node = ParseInvocation(node);
            }
            else if (Take("["))
            {
                node = new IndexNode(node, ParseLevel(0));
                Expect("]");
            }
            else
            {
                break;
            }
        }

        return node;
    }

    private PathNode ParseTerm()
    {
        var token = Current;
        switch (token.Kind)
        {
            case PathTokenKind.Text:
                _at++;
                return new LiteralNode(token.Text);
            case PathTokenKind.Number:
                _at++;
                return Number(token.Text);
            case PathTokenKind.Time:
                _at++;
                return new LiteralNode(token.Text[0] == 'T' ? new PathTime(token.Text[1..], true) : new PathTime(token.Text.TrimEnd('T'), false));
            case PathTokenKind.Symbol when Take("("):
                var inner = ParseLevel(0);
                Expect(")");
                return inner;
            case PathTokenKind.Symbol when Take("{"):
                Expect("}");
                return new LiteralNode(null);
            case PathTokenKind.Symbol when Take("%"):
                return new ConstantNode(Next().Text);
            case PathTokenKind.Word when token.Text is "true" or "false":
                _at++;
                return new LiteralNode(token.Text == "true");
            case PathTokenKind.Word or PathTokenKind.Name or PathTokenKind.Symbol when token.Text is "$this" or "$index" or "$total" || token.Kind != PathTokenKind.Symbol:
                return ParseInvocation(null);
            default:
                throw Unexpected();
        }
    }

    private PathNode ParseInvocation(PathNode? target)
    {
        var token = Next();
        if (token.Kind is not (PathTokenKind.Word or PathTokenKind.Name)) throw Unexpected();
        if (token.Text is "$this") return new ThisNode();
        if (token.Text is "$index" or "$total") throw new FhirPathException($"'{token.Text}' is not supported.");
        if (token.Kind == PathTokenKind.Name || !Take("(")) return new ChildNode(target, token.Text);
        if (token.Text is "is" or "as" or "ofType")
        {
            var type = TypeSpecifier();
            Expect(")");
            return new TypeNode(target ?? new ThisNode(), type, token.Text);
        }

        var arguments = new List<PathNode>();
        while (!Take(")"))
        {
            if (arguments.Count > 0) Expect(",");
            arguments.Add(ParseLevel(0));
        }

        return PathFunctions.Bind(target ?? new ThisNode(), token.Text, arguments);
    }

    private LiteralNode Number(string number)
    {
        object value = number.Contains('.') ? decimal.Parse(number, CultureInfo.InvariantCulture) : (object)long.Parse(number, CultureInfo.InvariantCulture);
        if (Current.Kind == PathTokenKind.Text)
        {
            return new LiteralNode(new PathQuantity(PathValue.ToDecimal(value), Next().Text));
        }

        var isCalendar = Current.Kind == PathTokenKind.Word && Current.Text.TrimEnd('s') is "year" or "month" or "week" or "day" or "hour" or "minute" or "second" or "millisecond";
        if (isCalendar) throw new FhirPathException("Calendar quantities are not supported.");
        return new LiteralNode(value);
    }

    private string TypeSpecifier()
    {
        var name = Next().Text;
        if (name is not ("FHIR" or "System") || !Take(".")) return name;
        return $"{name}.{Next().Text}";
    }

    private PathToken Next() => Current.Kind == PathTokenKind.End ? throw Unexpected() : _tokens[_at++];

    private bool Take(string symbol)
    {
        if (Current.Kind != PathTokenKind.Symbol || Current.Text != symbol) return false;
        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Unexpected();
    }

    private FhirPathException Unexpected() => new($"Unexpected '{Current.Text}' at {Current.At} in '{text}'.");
}
