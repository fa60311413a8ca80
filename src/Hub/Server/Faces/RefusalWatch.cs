using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.Hub.Intake;
using Vkp.Hub.SelfTest;

namespace Vkp.Hub.Faces;

/// <summary>Sees what the faces refuse of what senders post, whichever face it was and in whatever form it answered.</summary>
public sealed class RefusalWatch(RequestDelegate next, Refusals refusals)
{
    private static readonly object SenderKey = new();
    private static readonly object ErrorsKey = new();

    /// <summary>Who sends, once the token has said so.</summary>
    public static void NoteSender(HttpContext http, Sender sender) => http.Items[SenderKey] = sender;

    /// <summary>One message of the request is refused; an array of events can have several.</summary>
    public static void NoteRefusal(HttpContext http, IReadOnlyList<VkpError> errors)
    {
        if (http.Items[ErrorsKey] is not List<IReadOnlyList<VkpError>> all) http.Items[ErrorsKey] = all = [];
        all.Add(errors);
    }

    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (!HttpMethods.IsPost(http.Request.Method) || http.Items[ErrorsKey] is not List<IReadOnlyList<VkpError>> all) return;

        // Without a sender, only what is about token or signature says anything to a vendor; the rest is about other people's requests.
        var sender = http.Items[SenderKey] as Sender;
        foreach (var errors in all.Where(errors => sender is not null || IsAboutTheCaller(errors[0])))
            refusals.Note(sender, ErrorStatus.Of(errors[0]), errors);
    }

    private static bool IsAboutTheCaller(VkpError error) => error.Code.StartsWith("VKP-80", StringComparison.Ordinal) || error.Code.StartsWith("VKP-81", StringComparison.Ordinal);
}
