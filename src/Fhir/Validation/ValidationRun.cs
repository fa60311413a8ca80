using System.Globalization;
using System.Text;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation;

/// <summary>One validation: the findings, the place, and the resources around it.</summary>
internal sealed class ValidationRun(Resource root, FhirValidationOptions options)
{
    private readonly List<FhirIssue> _issues = [];
    private readonly List<(string Name, int Index)> _path = [];
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _once = new(StringComparer.Ordinal);

    public FhirValidationOptions Options => options;

    /// <summary>Without advice that a profile has overruled: where it binds a list of its own and the code is in it, the base's suggestion is no help.</summary>
    public IReadOnlyList<FhirIssue> Issues => _settled.Count == 0 ? _issues : [.. _issues.Where(x => x.Code != FhirIssueCodes.OutsideExtensible || !_settled.Contains(x.Location))];

    /// <summary>`%resource`.</summary>
    public Resource Resource { get; set; } = root;

    /// <summary>`%rootResource`: the container while inside a contained resource.</summary>
    public Resource RootResource { get; set; } = root;

    /// <summary>The bundle around the place, for resolving references.</summary>
    public BundleIndex? Bundle { get; set; }

    /// <summary>The profile whose rules are being checked; named in findings that have no rule of their own.</summary>
    public string? Profile { get; set; }

    /// <summary>Set when the issue limit is reached: nothing more is checked.</summary>
    public bool IsFull => _issues.Count >= options.IssuesMax;

    /// <summary>A profile's required list has the code of this place.</summary>
    public void SettleBinding() => _settled.Add(Location());

    public void Push(string name, int index = -1) => _path.Add((name, index));

    public void Pop() => _path.RemoveAt(_path.Count - 1);

    public void Error(string code, string message, string hint, string? rule = null) => Add(code, FhirSeverity.Error, message, hint, rule);

    public void Warning(string code, string message, string hint, string? rule = null) => Add(code, FhirSeverity.Warning, message, hint, rule);

    public void Add(string code, FhirSeverity severity, string message, string hint, string? rule)
    {
        if (IsFull) return;
        var issue = new FhirIssue(code, severity, FhirIssueKind.Error, Location(), message, hint, rule ?? Profile);

        // A derived profile repeats the rules of its base; the reader needs each finding once.
        if (_once.Add($"{code}\n{issue.Location}\n{message}")) _issues.Add(issue);
    }

    private string Location()
    {
        var sb = new StringBuilder();
        foreach (var (name, index) in _path)
        {
            if (sb.Length > 0) sb.Append('.');
            sb.Append(name);
            if (index >= 0) sb.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
        }

        return sb.ToString();
    }
}

/// <summary>The entries of a bundle by what references call them.</summary>
internal sealed class BundleIndex
{
    private readonly Dictionary<string, Resource> _byUrl = new(StringComparer.Ordinal);

    public BundleIndex(Bundle bundle)
    {
        Type = bundle.Type;
        foreach (var entry in bundle.Entry)
        {
            if (entry.Resource is not { } resource) continue;
            if (entry.FullUrl is { } url) _byUrl.TryAdd(url, resource);
            if (resource.Id is { } id) _byUrl.TryAdd($"{resource.TypeName}/{id}", resource);
        }
    }

    public Bundle.BundleType? Type { get; }

    public Resource? Find(string reference)
    {
        if (_byUrl.TryGetValue(reference, out var found)) return found;
        var history = reference.IndexOf("/_history/", StringComparison.Ordinal);
        return history > 0 && _byUrl.TryGetValue(reference[..history], out found) ? found : null;
    }
}
