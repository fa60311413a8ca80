using System.Text;
using Microsoft.AspNetCore.Http;

namespace Vkp.Sandbox;

/// <summary>Reads a request; without a message, the faults say what is wrong with it.</summary>
internal delegate IncomingMessage? ReadMessage(ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults);

/// <summary>Where every request to a simulated EPJ is handled, whatever it speaks: counted, met with the fault that is due, journaled and answered.</summary>
internal sealed class Desk(IEpjDialect dialect, Receiver receiver, Faults faults, TimeProvider time, CancellationToken stopping)
{
    /// <summary>The entries, for an EPJ that can be asked.</summary>
    public IReadOnlyList<JournalEntry> Entries => receiver.Entries;

    /// <summary>A request that asks for an entry in the journal.</summary>
    public async Task TakeAsync(HttpContext context, ReadMessage read)
    {
        var message = read(await BodyAsync(context), out var found);
        receiver.CountReceived(message);
        receiver.Requests.Add();
        var fault = faults.Take(message, isLookUp: false);
        var act = new Misbehaviour(context, time, stopping);
        if (fault is { Stage: FaultStage.BeforeJournaling } && await act.StrikesAsync(fault, answer: null)) return;
        if (message is null)
        {
            await WriteAsync(context, dialect.Unreadable(found));
            return;
        }

        var answer = await receiver.AnswerAsync(message, fault);
        if (fault is { Stage: FaultStage.AfterJournaling } && await act.StrikesAsync(fault, answer.Body)) return;
        await WriteAsync(context, answer);
    }

    /// <summary>A request that changes nothing.</summary>
    public async Task LookUpAsync(HttpContext context, Func<ReadOnlyMemory<byte>, Answered> answer)
    {
        var body = await BodyAsync(context);
        if (faults.Take(message: null, isLookUp: true) is { } fault && await new Misbehaviour(context, time, stopping).StrikesAsync(fault, answer: null)) return;
        await WriteAsync(context, answer(body));
    }

    /// <summary>The whole body of a request.</summary>
    public static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private Task WriteAsync(HttpContext context, Answered answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = dialect.ContentType;
        return context.Response.WriteAsync(answer.Body, Encoding.UTF8, context.RequestAborted);
    }
}
