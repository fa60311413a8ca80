using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>The parameters of a search, in the order they came: from the body of a POST, or from the address of a GET that may hold nothing personal.</summary>
internal static class FormBody
{
    private const int ParametersMax = 50;

    public static async Task<(IReadOnlyList<(string Name, string Value)> Parameters, VkpError? Error)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength is null or 0) return ([], null);
        if (!request.HasFormContentType) return ([], Errors.NotAForm());

        var (body, unreadable) = await RequestBody.ReadAsync(request, ct);
        return unreadable is null ? Read(Encoding.UTF8.GetString(body.Span)) : ([], unreadable);
    }

    public static (IReadOnlyList<(string Name, string Value)> Parameters, VkpError? Error) Read(string encoded)
    {
        var parameters = new List<(string, string)>();
        foreach (var pair in new QueryStringEnumerable(encoded))
        {
            if (parameters.Count == ParametersMax) return ([], Errors.BadParameter("all of them", $"at most {ParametersMax} parameters"));
            parameters.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return (parameters, null);
    }
}
