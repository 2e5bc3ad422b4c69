"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { asking, LOOK } from "../api/queries.ts";
import { signalKeys } from "../signals/api.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { fetchReview, reviewKeys } from "./api.ts";
import { ReviewRecord } from "./ReviewRecord.tsx";

type Props = { reviewId: string | null; onClose: () => void; onNext: (() => void) | undefined };

/** An act to review, over the list that it was opened from. */
export function ReviewDialog({ reviewId, onClose, onNext }: Props) {
  return (
    <Dialog open={reviewId !== null} onClose={onClose} title="Review of an act" wide>
      {reviewId !== null && (
        <div className="-m-4">
          <LoadedReview key={reviewId} reviewId={reviewId} />
          {onNext && (
            <p className="border-t border-line px-4 py-2">
              <Button look="quiet" small onClick={onNext}>
                Next review
              </Button>
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}

function LoadedReview({ reviewId }: { reviewId: string }) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: reviewKeys.one(reviewId),
    queryFn: (context) => fetchReview(reviewId, asking(context)),
    meta: LOOK,
  });
  if (query.isPending) return <Waiting label="Reading what is known of it" lines={10} />;
  if (query.isError)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  return (
    <ReviewRecord
      review={query.data.review}
      onChanged={() =>
        Promise.all([
          client.invalidateQueries({ queryKey: reviewKeys.all }),
          client.invalidateQueries({ queryKey: signalKeys.all }),
        ])
      }
    />
  );
}
